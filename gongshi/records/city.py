"""The city's own settings (data/reference/city.yml), each with its stated default."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division: six-digit code, name, and whether it was abolished."""

    code: str
    name: str
    abolished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What a webmaster decides once for the whole site.

    `website_id` is the 网站标识码 of the government meta tags. `contact` is how to
    reach whoever runs the site, shown in the footer. `request_disclosure` (依申请公开), `complaint` (of whoever is not
    published what should be) and `site_errors` (网站找错) are where somebody turns who does not find something: an
    address (https://… or /…) or a telephone number; what is empty is not shown. `icp` and `security_record` are the
    numbers of the website's own registrations. `sample` marks every page as sample data.
    `sole_trader_as_natural` applies the two-year retention to 个体工商户 (DOMAIN.md 6: the city's choice);
    `show_representative` publishes the 法定代表人's name, never a number. `show_late` shows on the public
    page of figures how many decisions were published late, `show_review_figures` how many legal reviews there were in
    each closed year, of the whole city. The supervisor's report asks about a department
    that withheld at least `withheld_least` decisions and `withheld_factor` times the share of the others, and
    takes a jump of more than `number_jump` document numbers for a new block instead of a gap (D33).
    `request_kept_months` is how long what was written in a correction request is kept after its answer.

    Registers and lists: what is over stays public for `ended_kept_months`, an officer whose certificate is
    over for `officer_kept_months`; no article says how long. `show_officer_state` says publicly why a
    certificate does not hold (暂扣, 吊销) and not only that. `second_review_fallback` lets a county without a
    body of its own have the city's review its lists (D22). `attachment_most_mib` is the most that one
    attached file may weigh, in MiB.
    """

    name: str
    site_name: str
    region: str
    url: str = ""
    domain: str = ""
    website_id: str = ""
    organiser: str = ""
    contact: str = ""
    request_disclosure: str = ""
    complaint: str = ""
    site_errors: str = ""
    icp: str = ""
    security_record: str = ""
    sample: bool = False
    sole_trader_as_natural: bool = False
    show_representative: bool = False
    show_late: bool = False
    show_review_figures: bool = False
    withheld_factor: int = 3
    withheld_least: int = 5
    number_jump: int = 50
    request_kept_months: int = 24
    ended_kept_months: int = 24
    officer_kept_months: int = 6
    show_officer_state: bool = False
    second_review_fallback: bool = True
    attachment_most_mib: int = 10
