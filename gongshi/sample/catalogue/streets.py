"""城市管理: streets, advertising, unauthorised building."""

from __future__ import annotations

from gongshi.sample.catalogue.entries import (
    COMPANY,
    PERSON,
    TRADER,
    Check,
    Due,
    Measure,
    Offence,
    Permit,
    Sector,
    words,
)

_STREET = "《城市市容和环境卫生管理条例》"
_ROADS = "《城市道路管理条例》"

STREETS = Sector(
    name="城市管理",
    trades=words("广告 建筑工程 房地产开发 餐饮管理 物业服务 园林 渣土运输 燃气 热力 市政工程 通信工程"),
    shops=words("烧烤店 饭店 超市 水果店 洗车行 广告社 大排档 早餐店 修配店 粥铺"),
    goods={
        "摊点": {"处": words("水果摊 蔬菜摊 烧烤摊"), "件": words("桌椅 冰柜 灯箱 遮阳棚")},
        "垃圾": {"车": words("渣土 建筑垃圾 装修垃圾")},
        "建筑": {"处": words("彩钢房 阳光房 车库 仓房")},
    },
    offences=(
        Offence(
            "占用城市道路摆摊经营",
            (
                "{day}{hour}，在{street}人行道摆放{goods}{count}处占道经营，经劝阻后仍未改正",
                "店外摆放{goods}，占用人行道{area}平方米",
            ),
            _ROADS + "第三十条",
            _ROADS + "第四十二条",
            "罚款",
            (50, 2000),
            (TRADER, PERSON),
            about="摊点",
        ),
        Offence(
            "未经批准设置户外广告",
            ("在{place}楼体外墙擅自设置“{brand}”大型户外广告一处，面积{area}平方米",),
            _STREET + "第十一条第二款",
            _STREET + "第三十六条第（一）项",
            "罚款",
            (200, 5000),
        ),
        Offence(
            "未取得建设工程规划许可证进行建设",
            ("未取得建设工程规划许可证，在{place}建设{goods}，建筑面积{area}平方米，工程造价{wan}万元",),
            "《中华人民共和国城乡规划法》第四十条第一款",
            "《中华人民共和国城乡规划法》第六十四条",
            "罚款",
            (2000, 500000),
            (COMPANY, PERSON),
            about="建筑",
        ),
        Offence(
            "擅自挖掘城市道路",
            ("未经批准挖掘{street}路面{area}平方米铺设管线",),
            _ROADS + "第三十条",
            _ROADS + "第四十二条",
            "罚款",
            (2000, 20000),
            (COMPANY,),
        ),
        Offence(
            "运输建筑垃圾车辆沿途遗撒",
            ("{day}{hour}，号牌{plate}车辆运输{goods}途经{street}，沿途遗撒约{area}平方米",),
            "《城市建筑垃圾管理规定》第十四条",
            "《城市建筑垃圾管理规定》第二十三条",
            "警告、罚款",
            (2000, 20000),
            (COMPANY, PERSON),
            about="垃圾",
        ),
        Offence(
            "在禁止区域露天烧烤食品",
            ("{day}{hour}，在{street}露天烧烤，使用木炭烤炉{count}台",),
            "《中华人民共和国大气污染防治法》第八十一条第三款",
            "《中华人民共和国大气污染防治法》第一百一十八条第三款",
            "罚款",
            (500, 10000),
            (TRADER, PERSON),
        ),
        Offence(
            "损坏城市树木花草",
            ("{day}驾驶号牌{plate}车辆倒车时损坏{street}行道树{count}株",),
            "《城市绿化条例》第二十条第一款",
            "《城市绿化条例》第二十六条第（一）项",
            "罚款",
            (200, 5000),
            (PERSON, COMPANY),
        ),
        Offence(
            "随意倾倒生活垃圾",
            ("在{street}路边倾倒{goods}约{decimal}立方米",),
            _STREET + "第三十四条第（一）项",
            _STREET + "第三十四条",
            "警告、罚款",
            (50, 500),
            (PERSON, TRADER),
            about="垃圾",
        ),
    ),
    permits=(
        Permit(
            "城市道路占用许可决定书",
            "占道许可证",
            ("准予占用{street}{area}平方米用于施工围挡，期限{count}日",),
            _ROADS + "第三十一条",
            "松城占",
            1,
            "普通",
            (COMPANY,),
        ),
        Permit(
            "城市建筑垃圾处置核准决定书",
            "城市建筑垃圾处置证",
            ("准予处置{site}产生的渣土{qty}立方米，消纳地点：{village}",),
            "《城市建筑垃圾管理规定》第七条",
            "松渣",
            1,
            "核准",
            (COMPANY,),
        ),
        Permit(
            "户外广告设置许可决定书", "", ("准予在{place}设置门头牌匾，面积{area}平方米",), _STREET + "第十一条", "", 2
        ),
    ),
    checks=(
        Check(
            "市容环境卫生责任区检查",
            "门前三包、占道经营、油烟净化",
            _STREET + "第四条",
            ("{goods}出店摆放", "油烟净化设施未清洗"),
            about="摊点",
        ),
    ),
    measures=(
        Measure(
            "扣押财物",
            "{day}当事人在{street}占道经营，经劝阻拒不改正",
            _ROADS + "第四十二条",
            "扣押{goods}{count}件",
            (PERSON, TRADER),
            about="摊点",
        ),
        Measure(
            "代履行",
            "当事人违法搭建的{goods}逾期未拆除",
            "《中华人民共和国行政强制法》第五十条",
            "由本机关委托没有利害关系的第三人拆除，面积{area}平方米",
            (COMPANY, TRADER),
            about="建筑",
        ),
    ),
    levies=(
        Due(
            "城镇垃圾处理费",
            "《吉林省城市生活垃圾处理费征收使用管理规定》",
            "按{count}个月、执行现行标准计征",
            (60, 8000),
            (COMPANY, TRADER),
        ),
    ),
    charges=(
        Due(
            "城市道路占用费",
            _ROADS + "第三十七条",
            "占用{street}{area}平方米，{count}日",
            (100, 20000),
            (COMPANY, TRADER),
        ),
    ),
)
