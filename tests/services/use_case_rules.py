"""What must be allowed for each use case: the declared side of test_permission_objects.py (G15).

A rule is one or more of these, with `|` between:
    everybody, nobody          whoever is on the staff; no role alone is enough in this world
    own, report                of oneself; of a direct report, whatever one's roles
    ACTION                     as tests/domain/test_permission.py says of what is nobody's
    ACTION of                  the same of whose it is: own, a direct report's, another's
    ACTION of report           the same, and only of a direct report
    role:ROLE                  who has the role
and then perhaps `, not own`: nobody does it to what is their own; `, hidden`: who may not is told
no more than that there is nothing.
"""

RULES: dict[str, str] = {
    "everybody": """
        access.ways_in.own cases.library catalogue.exams catalogue.certificate
        course_coverage.coverage desk.waiting
        evaluation.asking.asked_of evaluation.coaching.listed evaluation.coaching.overdue
        evaluation.periods.every evaluation.work.work_of field_practice.guided
        field_practice.own_log field_practice_log.write_entry hall_sittings.sittings
        hall_sittings.waiting home.home
        inspection.anomalies.forms inspection.anomalies.waiting inspection.notices.notices
        inspection.notices.overdue inspection.notices.waiting inspection.register.register
        inspection.register.unconfirmed learning.course_views learning.course_view
        learning.open_lesson learning.keep_place learning.finish_lesson lobby.door lobby.lobby
        messages.unread own_exam.refuse_course own_exam.sat_by people_columns.kept_mapping
        practice.begin practice.self_check
        readiness.practice_view readiness.practice_views readiness.due_items
        reporting.archive_documents.papers review_bank.waiting saved_views.kept saved_views.keep
        sign_in.as_of_now sign_in.note_acting sign_in.change_password sitting.start
        access.entering.confirm standard_life.delta.mine standard_life.delta.deltas
        training.month_view.month
        training.month_view.write_calendar training.sessions.listed
    """,
    "own, hidden": """
        breaks.begin_break breaks.end_break remarking.ask sitting.keep_position
        sitting.cut_off sitting.record_response sitting.submit sitting.time_of
        sitting_events.note_terminal sitting_events.record
    """,
    "own | see-record of, hidden": "release.review results.result",
    "own | see-ledger, hidden": "ledger.verify_attempt replaying.replay",
    "approve-training": "training.plan_review.approve training.plan_review.return_plan",
    "assign-course of": "learning.enrol training_needs.assign_needs",
    "back-up": "backup.making.back_up backup.rehearsing.rehearse",
    "change-people": """
        departments.add_department departments.add_post guides.appoint guides.end
        people.add_person people_columns.file_columns people_columns.keep_mapping
        people_columns.read_mapped people_import.import_people
        placing.absence_import.import_absences placing.changing.change_person
        placing.owners.assign_owner roles.change_roles sign_in.give_start_code
    """,
    "change-people | see-record of": "placing.refusals.refuse",
    "change-people | see-record of report, not own": "placing.absences.record_absence",
    "change-policy": "policy.changing.apply policy.changing.history",
    "conduct-exam": """
        conducting.admit conducting.give_time_to_all exam_codes.issue
    """,
    "conduct-exam, not own": """
        conducting.announce conducting.end conducting.go_on conducting.move conducting.pause
    """,
    "correct": """
        correcting.apply correcting.correctable correcting.corrections correcting.look
        correcting.preview correcting.propose correcting.withdraw remarking.answer
        remarking.requests
    """,
    "decide-appeal": """
        evaluation.appeal_decisions.reject evaluation.appeal_decisions.uphold
        evaluation.appeals.listed
    """,
    "decide-consequences": """
        evaluation.consequence_decisions.decide evaluation.consequence_decisions.listed
    """,
    "decide-retake | role:supervisor": "escalation.follow_up",
    "own | decide-retake of": "escalation.decide",  # one's own is refused in words, to everybody
    "erase": "privacy.erasing.preview privacy.repeating.again privacy.retention.retention",
    "erase, not own": "privacy.erasing.propose",
    "exempt": "onboarding.exempt placing.refusals.waiting",
    "exempt, not own": "placing.refusals.decide",
    "export": """
        exporting.export_form exporting.form_rows exporting.write_form
        qualifying.list_compare.compare
    """,
    "extract of": "privacy.extract_file.write_extract privacy.extracting.extract",
    "grant-time": "accommodations.end accommodations.grant accommodations.listed",
    "grant-time, not own": "time_grants.give_time",
    "hold-training": """
        outside_people.add outside_people.listed standard_life.delta_passing.record_session
        training.admitting.admit training.agreements.listed training.agreements.sign
        training.arranging.arrange training.arranging.cancel training.arranging.change
        training.costs.record_cost
    """,
    "inspect": """
        inspection.anomalies.open_form inspection.notice_steps.close
        inspection.notice_steps.verify inspection.notices.issue inspection.rates.rate_standards
        inspection.recording.record_check inspection.recording.record_rate
    """,
    "inspect | instruct-anomaly": "inspection.anomaly_steps.recheck",
    "inspect, not own": "inspection.rates.may_check",
    "instruct-anomaly": "inspection.anomaly_steps.instruct",
    "invigilate | role:supervisor": "hall_board.board",
    "invigilate of": "sitting_events.events",
    "issue-certificates": """
        certificates.listing.of_everybody certificates.reissuing.reissue
        credentials.signing.sign_all
    """,
    "issue-certificates | manage-keys": "credentials.publishing.publish",
    "own | issue-certificates, hidden": "certificates.handing_out.export",
    "manage-access": "access.throttle.unlock",
    "manage-access of": """
        access.public_keys.add access.public_keys.keys access.public_keys.revoke
    """,
    "manage-cohorts": """
        cohorts.listed cohorts.one not_yet.not_yet registering.change_cohort registering.excuse
        registering.new_cohort registering.register seating.assign seating.assign_free
        seating.assign_from_table seating.seats_of
    """,
    "manage-keys": "signing_keys.rotate",
    "manage-qualifications": "bulk.bulk proposals.listed qualifying.panels.hear",
    "manage-qualifications, not own": """
        qualifying.deciding.decide qualifying.decisions.grant qualifying.decisions.recognise
        qualifying.outside.accept qualifying.renewing.extend qualifying.renewing.renew
    """,
    "manage-standards": """
        standard_import.import_standards standard_life.drafting.change
        standard_life.drafting.draft standard_life.drafting.drop standard_life.drafting.submit
        standard_life.reviewing.review
    """,
    "mark": """
        marking.answer marking.give marking.queue marking_agreement.agreement
        practical.candidate practical.open_practical practical.practical_exams
    """,
    "nobody": """
        field_practice_log.sign_off standard_life.approving.approve
        standard_life.approving.withdraw
    """,
    "opine-standard": """
        standard_life.draft_view.draft standard_life.draft_view.drafts
        standard_life.opinions.opine standard_life.opinions.try_scene
        standard_life.reviewing.due standard_life.reviewing.revision_record
        standards.catalogue standards.procedure standards.show
    """,
    "plan-development of": """
        development.add_entry development.aim development.plan development.set_done
    """,
    "plan-training": """
        training.costs.year_costs training.forms.ad_hoc_plan training.forms.annual_plan
        training.monthly.year_check training.plan_import.import_lines
        training.plan_review.submit training.plan_views.ad_hoc_plan
        training.plan_views.ad_hoc_plans training.plan_views.annual_plan
        training.plan_views.annual_plans training.planning.add_line
        training.planning.change_ad_hoc training.planning.change_line
        training.planning.draft_ad_hoc training.planning.draft_annual
        training.planning.remove_line
    """,
    "publish-case": "case_steps.publish",
    "record-quality": """
        reporting.goals.measure reporting.goals.seed reporting.goals.set_goal
        reporting.surveys.import_surveys
    """,
    "report": "inspection.skill.decide",
    "run-evaluation": """
        evaluation.asking.pass_up evaluation.asking.waiting_for evaluation.closing.close
        evaluation.customer_import.import_customers evaluation.department_sheets.score
        evaluation.measured_import.import_measured evaluation.measuring.set_value
        evaluation.periods.move evaluation.periods.open_period evaluation.rating.type_answer
        evaluation.serious_problems.decide evaluation.serious_problems.listed
        evaluation.views.people
    """,
    "run-evaluation | inspect": "evaluation.evidence.attach",
    "run-evaluation | inspect | see-evaluations of report": "evaluation.serious_problems.report",
    "run-evaluation | role:supervisor": "evaluation.department_sheets.sheets",
    "see-analysis": "item_stats.exams item_stats.rebuild item_stats.stats",
    "see-bank": """
        coverage.coverage item_alike.alike_items proving.exams proving.prove review_bank.bank
        review_item.look review_stale.report
    """,
    "see-evaluations of": """
        evaluation.consequence_decisions.of_person evaluation.evidence.of_person
        evaluation.views.result evaluation.views.results
    """,
    "see-inspections": "inspection.checklists.checklists inspection.results.report",
    "see-inspections | role:supervisor": "inspection.schedule.due",
    "see-inspections of": "inspection.schedule.newcomer_of",
    "see-ledger": """
        audit.checkpoints.make audit.checkpoints.write audit.entries.entries
        audit.entries.state exceptions.exceptions export_check.check ledger.verify
        signing_keys.keys
    """,
    "see-people": """
        departments.departments_and_posts guides.guides_of people.people_list
        training_needs.matrix
    """,
    "see-qualifications": """
        credentials.here.with_company listing.list_and_people listing.qualification_list
        policy.simulating.simulate qualifying.matrix.matrix reminders.expiring
    """,
    "see-record of": """
        catalogue.level certificates.listing.of_person field_practice.log onboarding.onboarding
        person_card.card placing.absences.absences placing.history.history
        placing.history.placement_on placing.owners.owners qualifying.ladder_view.ladder
        qualifying.standing.serve reporting.archive.person_archive
        reporting.archive_documents.timeline reporting.timeline.timeline results.record
        training_needs.person_needs
    """,
    "see-reports": """
        reporting.archive.cohort_archive reporting.archive.session_archive
        reporting.daily.daily reporting.dashboard.behind reporting.dashboard.dashboard
        reporting.dossier.cohort_dossier reporting.dossier.session_dossier
        reporting.goals.goals reporting.monthly.monthly reporting.quarterly.quarterly
        reporting.standard_loop.standard_loop reporting.surveys.surveys
        reporting.weekly.weekly standard_life.loop.loop_of
    """,
    "set-training-needs": "training_needs.add_need training_needs.remove_need",
    "sync-courses": """
        course_changes.history course_changes.preview course_install.install
        course_sync.sync_courses
    """,
    "write-case": "case_steps.write",
    "write-items": """
        item_export.export_items item_import.import_items own_courses.own_courses
    """,
    "review-items": """
        review_key.give review_key.question review_key.queue review_steps.approve
        review_steps.give_back review_steps.keep review_steps.note review_steps.release
        review_steps.retire
    """,
}
EXCEPTIONS = {
    ("access.public_keys.add", "other", "hr"): False,
    ("access.public_keys.revoke", "other", "hr"): False,
    ("sign_in.give_start_code", "other", "hr"): False,
}
"""By use case, whose and role, where a rule is not all: somebody of HR gives no way in to another
of HR, else nobody would oversee them."""

FOUND_FIRST: dict[str, str] = {
    "case_steps.rewrite": "cases::test_a_published_case_does_not_change_and_can_be_withdrawn",
    "case_steps.withdraw": "cases::test_a_published_case_does_not_change_and_can_be_withdrawn",
    "cases.case": "cases::test_a_published_case_is_read_by_everybody",
    "confirming.confirm": "proposals::test_who_may_not_revoke_may_not_confirm",
    "evaluation.appeals.ask": "appeals::test_a_grade_is_appealed_once_and_only_ones_own",
    "evaluation.appeals.standing": "appeals::test_a_grade_may_be_appealed_until",
    "evaluation.coaching.mark_done": "grade_consequences::test_the_supervisor_writes_a_coaching",
    "evaluation.coaching.write": "grade_consequences::test_the_supervisor_writes_a_coaching",
    "evaluation.measuring.values": "evaluation_results::test_a_result_is_for_the_person",
    "evaluation.periods.one": "evaluation_periods::test_an_unknown_period_is_not_found",
    "evaluation.periods.rules": "evaluation_periods::test_a_quarter_has_its_days_scheme_and_rules",
    "evaluation.rating.rate": "evaluation_rating::test_nobody_rates_whom_they_were_not_asked",
    "field_practice_log.change_entry": "field_practice::test_an_entry_changes_until",
    "field_practice_log.remark": "field_practice::test_only_who_guides_today_remarks_and_signs",
    "inspection.anomalies.show": "rectification::test_only_who_may_sees_a_form",
    "inspection.anomaly_steps.countersign": "rectification::test_only_named_departments_sign",
    "inspection.notice_steps.answer": "rectification::test_the_owner_does_the_first_steps",
    "inspection.notice_steps.done": "rectification::test_the_owner_does_the_first_steps",
    "inspection.notices.show": "cheating_quality::test_who_was_inspected_does_not_verify",
    "inspection.reading.confirm": "inspections::test_the_inspected_person_confirms_reading_once",
    "inspection.register.show": "inspections::test_people_see_what_is_about_them",
    "messages.read": "grade_consequences::test_a_person_sees_only_what_was_confirmed",
    "placing.absences.cancel_absence": "cheating_quality::test_hr_does_not_write_down_or_take_back",
    "practice_answer.answer": "cheating_authors::test_the_key_of_a_practice_item_that_waits",
    "practice_answer.rate": "practice::test_only_one_s_own_answer_that_no_machine_marks_is_rated",
    "proposals.decline": "forging::test_who_lost_the_role_meanwhile_neither_proposes_nor_confirms",
    "proposals.withdraw": "proposals::test_only_who_proposed_it_takes_it_back",
    "saved_views.begin_with": "saved_views::test_a_view_is_renamed_and_deleted",
    "saved_views.delete": "saved_views::test_a_view_is_renamed_and_deleted",
    "saved_views.rename": "saved_views::test_a_view_is_renamed_and_deleted",
    "sitting.resume": "sitting::test_an_exam_that_does_not_exist_is_not_found",
    "standard_life.delta.confirm_read": "delta_training::test_everybody_sees_their_own",
    "standard_life.delta.delta": "delta_training::test_everybody_sees_their_own",
    "standard_life.delta_passing.begin": "delta_training::test_practice_passes_after_reading",
    "training.admitting.excuse": "training_sessions::test_nobody_assesses_excuses_or_confirms",
    "training.assessing.assess": "training_sessions::test_nobody_assesses_excuses_or_confirms",
    "training.assessing.close": "training_sessions::test_a_session_closes_only_when",
    "training.forms.assessment_record": "training_sessions::test_a_session_closes_only_when",
    "training.forms.sign_in_sheet": "training_sessions::test_a_session_closes_only_when",
    "training.sessions.one": "training_sessions::test_a_learner_sees_own_sessions",
    "training.signing.confirm_end": "training_sessions::test_nobody_assesses_excuses_or_confirms",
    "training.signing.sign_in": "training_sessions::test_nobody_signs_for_somebody_else",
    "training.signing.sign_out": "training_sessions::test_customers_attend_customer_training",
    "training.signing.take_back": "training_sessions::test_a_slip_is_taken_back_with_a_reason",
}
"""Whose right follows from what is found (its owner, guide, trainer, department): nobody finds
anything by a made-up name here, and the test named after it, in tests/services/test_….py, drives
the rest."""
