def test_a_right_row_becomes_a_decision(run, sheet, penalty, department):
    report = run(sheet(penalty()))
    assert report.ok, report.problems
    (decision,) = report.decisions
    assert decision.key == f"{department.key}/penalty/松市监罚〔2026〕15"
    assert decision.values["decided_on"] == "2026-03-02"
    assert decision.parties[0]["fine"] == "5000"
