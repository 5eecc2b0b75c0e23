"""农业农村: seeds, pesticides, animals, fish, black soil."""

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

_SEED = "《中华人民共和国种子法》"
_PEST = "《农药管理条例》"
_ANIMAL = "《中华人民共和国动物防疫法》"

FARMING = Sector(
    name="农业农村",
    trades=words("种业 农资 农业科技 牧业 饲料 兽药 渔业 农机 米业 屠宰 农民专业合作社 生物科技 化肥"),
    shops=words("农资商店 种子经销处 兽药店 饲料店 养殖场 屠宰点 农机维修部 鱼行"),
    goods=words(
        "玉米种子 水稻种子 大豆种子 花生种子 草甘膦 乙草胺 吡虫啉 代森锰锌 阿莫西林可溶性粉 "
        "恩诺沙星注射液 配合饲料 浓缩饲料 复合肥 生猪 肉牛 绵羊 鸡雏 鲢鱼 鲤鱼 拖拉机 联合收割机"
    ),
    units=words("袋 瓶 公斤 头 只 台 箱"),
    offences=(
        Offence(
            "销售的种子应当包装而没有包装或者标签不符合规定",
            ("销售的“{brand}{count}”{goods}{qty}{unit}，标签未标注检测日期和质量保证期，货值金额{value}元",),
            _SEED + "第四十条第一款",
            _SEED + "第七十九条第（二）项",
            "罚款",
            (2000, 20000),
            (TRADER, COMPANY),
            "（种子）",
        ),
        Offence(
            "销售劣种子",
            (
                "经{maker}检验（报告编号{lot}），销售的“{brand}{count}”{goods}发芽率{percent}%，低于国家标准，已售{qty}{unit}，违法所得{income}元",
            ),
            _SEED + "第四十八条第一款",
            _SEED + "第七十五条第一款",
            "没收违法所得、没收非法财物、罚款",
            (5000, 60000),
            (TRADER, COMPANY),
            "（种子）",
        ),
        Offence(
            "经营劣质农药",
            ("经营的{maker}生产的{goods}（规格{model}，批号{lot}）有效成分含量{percent}%，与标签不符，共{qty}{unit}",),
            _PEST + "第四十五条第一款第（一）项",
            _PEST + "第五十七条第（一）项",
            "没收违法所得、没收非法财物、罚款",
            (2000, 20000),
            (TRADER, COMPANY),
        ),
        Offence(
            "农药经营者不执行农药销售台账制度",
            ("{day}以来销售{goods}等农药{count}种，未建立销售台账",),
            _PEST + "第二十七条第一款",
            _PEST + "第五十八条第（二）项",
            "罚款",
            (2000, 5000),
            (TRADER, COMPANY),
        ),
        Offence(
            "运输依法应当检疫而未经检疫的动物",
            ("{day}{hour}，驾驶号牌{plate}车辆运输{goods}{count}头途经{road}，未附有检疫证明，货值金额{value}元",),
            _ANIMAL + "第二十九条第（三）项",
            _ANIMAL + "第九十七条第一款",
            "罚款",
            (3000, 60000),
            (PERSON, COMPANY),
        ),
        Offence(
            "使用电鱼方法进行捕捞",
            ("{day}{hour}，在{river}{village}段使用电捕鱼器捕捞{goods}等渔获物{decimal}公斤",),
            "《中华人民共和国渔业法》第三十条第一款",
            "《中华人民共和国渔业法》第三十八条第一款",
            "没收非法财物、罚款",
            (500, 20000),
            (PERSON,),
        ),
        Offence(
            "未按规定使用兽药",
            ("养殖过程中使用的{goods}未建立用药记录，{day}出栏{count}头未执行休药期",),
            "《兽药管理条例》第三十八条",
            "《兽药管理条例》第六十二条",
            "罚款",
            (10000, 50000),
            (TRADER, PERSON),
        ),
        Offence(
            "擅自取土破坏黑土地耕作层",
            ("未经批准在{village}耕地内剥离黑土{qty}立方米，面积{area}平方米",),
            "《中华人民共和国黑土地保护法》第二十条",
            "《中华人民共和国黑土地保护法》第三十二条第一款",
            "没收违法所得、罚款",
            (5000, 100000),
            (PERSON, COMPANY),
        ),
        Offence(
            "驾驶未按规定登记的拖拉机",
            ("驾驶未取得号牌的{model}型拖拉机在{village}作业",),
            "《农业机械安全监督管理条例》第二十一条",
            "《农业机械安全监督管理条例》第五十条",
            "警告",
            (0, 0),
            (PERSON,),
        ),
    ),
    permits=(
        Permit(
            "农药经营许可决定书",
            "农药经营许可证",
            ("准予经营农药（限制使用农药除外），营业场所：{place}",),
            _PEST + "第二十四条",
            "农药经许（吉）2207",
        ),
        Permit(
            "动物防疫条件审查决定书",
            "动物防疫条件合格证",
            ("准予动物饲养场动物防疫条件合格，经营范围：{goods}，地址：{village}",),
            _ANIMAL + "第二十五条",
            "（吉松）动防合字第",
            0,
        ),
        Permit(
            "种子生产经营许可决定书",
            "农作物种子生产经营许可证",
            ("准予生产经营{goods}，有效区域：吉林省",),
            _SEED + "第三十一条",
            "BCD（吉松）农种许字",
            5,
            "普通",
            (COMPANY,),
        ),
        Permit(
            "拖拉机驾驶证核发决定书",
            "拖拉机和联合收割机驾驶证",
            ("准予驾驶轮式拖拉机，准驾机型G1",),
            "《农业机械安全监督管理条例》第二十二条",
            "2207",
            6,
            "认可",
            (PERSON,),
        ),
    ),
    checks=(
        Check("农资市场监督检查", "许可资质、进销台账、产品标签", _PEST + "第四十条", ("{goods}进货台账缺{count}笔",)),
        Check("畜禽养殖场监督检查", "防疫条件、用药记录、无害化处理", _ANIMAL + "第七十四条", ("养殖档案不完整",)),
    ),
    measures=(
        Measure(
            "查封场所、设施或者财物",
            "{day}检查发现当事人涉嫌经营假劣{goods}",
            _SEED + "第四十九条",
            "查封{goods}{qty}{unit}，期限三十日",
        ),
        Measure(
            "扣押财物",
            "{day}查获当事人在禁渔期使用电捕鱼器",
            "《中华人民共和国渔业法》第四十八条",
            "扣押电捕鱼器{count}套、渔船1艘",
            (PERSON,),
        ),
    ),
    charges=(
        Due(
            "农机安全检验费",
            "《吉林省行政事业性收费目录》",
            "检验{goods}{count}台，按规定标准收取",
            (30, 600),
            (PERSON, COMPANY),
        ),
    ),
)
