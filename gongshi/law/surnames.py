"""Chinese family names, and the beginnings by which a Mongolian name is told from them.

百家姓 with the surnames that the census reports beside it. A rare surname that is missing here costs
nothing but its own display: a name without a listed surname becomes 某某 (DOMAIN.md 7).
"""

from __future__ import annotations

SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容"
    "向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空"
    "曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付佟修苑冼岳楚兰代邸鹿初卿原占亓仝由战门"
    "官曲接候宾泮漆隋衣么亢丛展揭綦禚覃邝尧区麦赫位来税矫帅揣郇撒海呼扎才宛卯仉"
)


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(0, len(text), 2)]


COMPOUND = frozenset(
    _pairs(
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
        "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
        "段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五叶赫完颜那拉纳兰佟佳富察"
    )
)

MONGOLIAN = tuple(
    _pairs(
        "阿古阿拉阿木阿日阿斯敖登敖日敖特敖其巴达巴拉巴雅巴音巴彦巴特巴图白音宝力宝音包力毕力布和布仁布日"
        "查干查苏朝格朝鲁朝伦楚鲁达日达来达林丹巴道尔德力额尔额日恩和嘎拉嘎日嘎达高娃格根格日格希哈达哈日"
        "哈斯呼和呼日呼斯吉日金格满都满达孟和孟克莫德莫日木其牧仁那达那日那木那顺娜布娜荷娜仁娜日诺敏诺日"
        "其其其木其力青格萨茹萨仁萨日赛罕赛吉赛音斯日斯琴苏布苏和苏日苏雅塔娜特木特日图门图雅托娅乌恩乌吉"
        "乌力乌仁乌日乌兰乌云乌尼希林锡林雅图伊德扎那扎拉"
    )
)
"""How Mongolian names of 前郭尔罗斯 commonly begin. Their first character is no surname, though some look like one."""


_ONE = 1
_TWO = 2
_HAN_NAME = 3
"""A Han name has one or two characters after its surname; with two surnames, one more."""


def surname_of(name: str) -> str:
    """The family name that `name` begins with: 欧阳 of 欧阳娜, 张 of 张三; empty where none is listed.

    A Mongolian or transliterated name has none, and neither has a name of four characters that begins
    with one surname only (张王美丽 has two).
    """
    if "·" in name or name.startswith(MONGOLIAN):
        return ""
    if _HAN_NAME <= len(name) <= _HAN_NAME + 1 and name[:_TWO] in COMPOUND:
        return name[:_TWO]
    two_surnames = len(name) == _HAN_NAME + 1 and name[_ONE] in SINGLE
    if name[:_ONE] in SINGLE and (len(name) <= _HAN_NAME or two_surnames):
        return name[0]
    return ""
