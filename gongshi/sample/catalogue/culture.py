"""文化旅游: internet cafés, entertainment, publications, travel."""

from __future__ import annotations

from gongshi.sample.catalogue.entries import COMPANY, PERSON, TRADER, Check, Measure, Offence, Permit, Sector, words

_NET = "《互联网上网服务营业场所管理条例》"
_TOUR = "《中华人民共和国旅游法》"

CULTURE = Sector(
    name="文化旅游",
    trades=words("旅行社 文化传媒 娱乐 网络科技 演艺 印刷 影院管理 景区开发 图书 体育"),
    shops=words("网吧 歌厅 酒吧 书店 打字复印社 游艺厅 棋牌室 台球厅"),
    goods={
        "出版物": {"册": words("图书 教辅材料"), "张": words("音像光盘")},
        "设施": {"套": words("卫星接收天线")},
    },
    offences=(
        Offence(
            "未按规定核对登记上网消费者的有效身份证件",
            (
                "{day}{hour}检查时有{count}名上网消费者未登记有效身份证件",
                "收银台使用他人身份信息为{count}名消费者办理上机",
            ),
            _NET + "第二十三条",
            _NET + "第三十二条第（三）项",
            "警告、罚款",
            (1000, 15000),
            (TRADER, COMPANY),
        ),
        Offence(
            "接纳未成年人进入互联网上网服务营业场所",
            ("{day}{hour}检查时，场所内有{count}名未成年人正在上网",),
            _NET + "第二十一条第一款",
            _NET + "第三十一条第（二）项",
            "警告、罚款",
            (3000, 15000),
            (TRADER, COMPANY),
        ),
        Offence(
            "歌舞娱乐场所播放含有禁止内容的曲目",
            ("点歌系统内检出含有禁止内容的曲目{count}首，系统型号{model}",),
            "《娱乐场所管理条例》第十三条",
            "《娱乐场所管理条例》第四十八条第（一）项",
            "警告、没收违法所得",
            (0, 0),
            (TRADER, COMPANY),
        ),
        Offence(
            "未经许可经营旅行社业务",
            ("未取得旅行社业务经营许可，{day}组织{count}人前往查干湖旅游，收取团费{income}元",),
            _TOUR + "第二十八条",
            _TOUR + "第九十五条第一款",
            "没收违法所得、罚款",
            (10000, 60000),
            (COMPANY, PERSON),
        ),
        Offence(
            "旅行社未按规定为导游支付导游服务费用",
            ("{day}委派{count}名导游带团，未支付导游服务费用",),
            _TOUR + "第三十八条第二款",
            _TOUR + "第九十六条第（三）项",
            "罚款",
            (5000, 30000),
            (COMPANY,),
        ),
        Offence(
            "擅自从事出版物发行业务",
            ("未取得出版物经营许可证，在{place}销售{goods}{qty}{unit}，货值金额{value}元",),
            "《出版管理条例》第三十五条第二款",
            "《出版管理条例》第六十一条",
            "没收非法财物、罚款",
            (500, 20000),
            (TRADER, PERSON),
            about="出版物",
        ),
        Offence(
            "擅自安装卫星电视广播地面接收设施",
            ("在{place}屋顶擅自安装{goods}{count}套",),
            "《卫星电视广播地面接收设施管理规定》第九条",
            "《卫星电视广播地面接收设施管理规定》第十条",
            "没收非法财物、罚款",
            (200, 5000),
            (PERSON, TRADER),
            about="设施",
        ),
    ),
    permits=(
        Permit(
            "娱乐经营许可决定书",
            "娱乐经营许可证",
            ("准予从事歌舞娱乐经营，核定人数{qty}人，地址：{place}",),
            "《娱乐场所管理条例》第九条",
            "2207",
            2,
        ),
        Permit(
            "营业性演出许可决定书",
            "营业性演出准予许可决定",
            ("准予在{place}举办演出{count}场，演出内容经审查符合规定",),
            "《营业性演出管理条例》第十三条",
            "2207",
            1,
            "普通",
            (COMPANY,),
        ),
        Permit(
            "出版物零售单位设立许可决定书",
            "出版物经营许可证",
            ("准予从事图书、期刊零售，地址：{place}",),
            "《出版管理条例》第三十五条",
            "新出发吉零字第J",
            6,
        ),
    ),
    checks=(
        Check(
            "互联网上网服务营业场所检查",
            "实名登记、未成年人保护标识、消防通道",
            _NET + "第四条",
            ("禁入标志不明显",),
            (TRADER, COMPANY),
        ),
        Check(
            "旅行社经营检查",
            "合同签订、质量保证金、导游委派",
            _TOUR + "第八十三条",
            ("{count}份合同要素不全",),
            (COMPANY,),
        ),
    ),
    measures=(
        Measure(
            "扣押财物",
            "{day}检查发现当事人涉嫌销售非法出版物",
            "《出版管理条例》第七条",
            "扣押{goods}{qty}{unit}",
            (TRADER, PERSON),
            about="出版物",
        ),
    ),
)
