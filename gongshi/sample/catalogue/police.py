"""公安: traffic, special trades, and public-order penalties, which are sealed (治安管理处罚法 136)."""

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

_ORDER = "《中华人民共和国治安管理处罚法》"
_TRAFFIC = "《中华人民共和国道路交通安全法》"

POLICE = Sector(
    name="公安",
    trades=words("酒店管理 保安服务 爆破工程 烟花爆竹 典当 网络科技 物业服务 娱乐 化工"),
    shops=words("旅店 网吧 歌厅 洗浴中心 废品收购站 开锁店 印章店 手机维修店"),
    goods={
        "易制毒": {"公斤": words("盐酸 硫酸 高锰酸钾 甲苯")},
        "来源不明": {"公斤": words("废旧电缆 废铜"), "根": words("抽油杆")},
    },
    offences=(
        Offence(
            "饮酒后驾驶机动车",
            ("{day}{hour}，饮酒后驾驶号牌{plate}小型轿车行驶至{street}附近被查获，血液酒精含量{mg}mg/100mL",),
            _TRAFFIC + "第二十二条第二款",
            _TRAFFIC + "第九十一条第一款",
            "罚款、暂扣许可证件",
            (1000, 2000),
            (PERSON,),
            "（交）",
        ),
        Offence(
            "未取得机动车驾驶证驾驶机动车",
            ("{day}{hour}，未取得机动车驾驶证驾驶号牌{plate}车辆在{road}行驶",),
            _TRAFFIC + "第十九条第一款",
            _TRAFFIC + "第九十九条第一款第（一）项",
            "罚款",
            (200, 2000),
            (PERSON,),
            "（交）",
        ),
        Offence(
            "住宿经营者未按规定查验客户身份",
            (
                "{day}接待{count}名旅客入住，未按规定查验身份信息并登记",
                "系统显示{day}办理入住{count}间，实际在住{mg}人未登记",
            ),
            "《中华人民共和国反恐怖主义法》第二十一条",
            "《中华人民共和国反恐怖主义法》第八十六条第二款",
            "罚款",
            (10000, 100000),
            (TRADER, COMPANY),
            "松公罚",
        ),
        Offence(
            "违反规定储存易制毒化学品",
            ("库房内储存{goods}{qty}{unit}，未按规定建立安全管理制度和流向台账",),
            "《易制毒化学品管理条例》第五条",
            "《易制毒化学品管理条例》第四十条第一款",
            "警告、罚款",
            (10000, 50000),
            (COMPANY,),
            "（禁）",
            about="易制毒",
        ),
        Offence(
            "招用不符合条件的保安员",
            ("招用{count}名未取得保安员证的人员从事保安服务",),
            "《保安服务管理条例》第十六条",
            "《保安服务管理条例》第四十二条第一款",
            "警告",
            (0, 0),
            (COMPANY,),
            "松公罚",
        ),
        Offence(
            "殴打他人",
            ("{day}{hour}，在{place}因琐事与他人发生口角，用拳头殴打对方面部",),
            _ORDER + "第四十三条第一款",
            _ORDER + "第四十三条第一款",
            "行政拘留、罚款",
            (200, 500),
            (PERSON,),
            "（治）",
        ),
        Offence(
            "赌博",
            ("{day}{hour}，在{village}一民房内以打麻将的方式赌博，赌资{income}元",),
            _ORDER + "第七十条",
            _ORDER + "第七十条",
            "行政拘留、罚款",
            (200, 3000),
            (PERSON,),
            "（治）",
        ),
    ),
    permits=(
        Permit(
            "特种行业许可决定书",
            "特种行业许可证",
            ("准予从事旅馆业，客房{count}间，地址：{place}", "准予从事公章刻制业，地址：{place}"),
            "《旅馆业治安管理办法》第四条",
            "松公特旅字第",
            0,
        ),
        Permit(
            "易制毒化学品购买许可决定书",
            "易制毒化学品购买许可证",
            ("准予购买{goods}{qty}{unit}，用途：生产自用",),
            "《易制毒化学品管理条例》第十五条",
            "吉松",
            1,
            "普通",
            (COMPANY,),
            about="易制毒",
        ),
    ),
    checks=(
        Check(
            "旅馆业治安检查",
            "实名登记、监控设施、访客管理",
            "《旅馆业治安管理办法》第十四条",
            ("监控录像保存不足{count}天",),
            (TRADER, COMPANY),
        ),
    ),
    measures=(
        Measure(
            "扣押财物",
            "{day}检查发现当事人存放来源不明的{goods}",
            "《中华人民共和国行政强制法》第二十二条",
            "扣押{goods}{qty}{unit}，期限三十日",
            (TRADER, COMPANY),
            about="来源不明",
        ),
    ),
    charges=(
        Due(
            "机动车号牌工本费",
            "《国家发展改革委 财政部行政事业性收费标准》",
            "号牌{count}副，按规定标准收取",
            (40, 400),
            (PERSON, COMPANY),
        ),
    ),
)
