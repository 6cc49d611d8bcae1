"""The entries of the command palette: every page and every general command."""

from dataclasses import dataclass

from certify.domain.permission import Action
from certify.i18n import N_


@dataclass(frozen=True)
class Command:
    """One entry: its words, what it says of itself, and the action of the app it runs."""

    words: str
    about: str
    action: str
    needs: Action | None = None
    """What the person must be allowed to do."""
    for_anybody: bool = False
    """Whether it works before anybody signed in."""
    look_after: bool = False
    """Whether it is for those who look after others."""


COMMANDS = (
    Command(N_("Home"), N_("what is waiting for me"), "page('home')"),
    Command(N_("Courses"), N_("all courses and how far I got"), "page('courses')"),
    Command(N_("Practice"), N_("items that no exam draws, and how ready I am"), "page('practice')"),
    Command(N_("Exams"), N_("all exams and which of them are open"), "page('exams')"),
    Command(
        N_("Dashboard"),
        N_("completion, pass rates, what expires, what is overdue"),
        "page('dashboard')",
        Action.SEE_REPORTS,
    ),
    Command(
        N_("Reports"),
        N_("daily, weekly, monthly, quarterly"),
        "page('reports')",
        Action.SEE_REPORTS,
    ),
    Command(
        N_("Quality goals"),
        N_("from baseline to target, and how far they came"),
        "page('goals')",
        Action.SEE_REPORTS,
    ),
    Command(N_("My timeline"), N_("everything that happened to me"), "page('timeline')"),
    Command(N_("My record"), N_("my qualifications and results"), "page('record')"),
    Command(
        N_("Certificates"),
        N_("what they say, and files of them to hand out"),
        "page('certificates')",
    ),
    Command(
        N_("On-site practice"),
        N_("the log of what I did under a guide"),
        "page('field-practice')",
    ),
    Command(
        N_("My development plan"),
        N_("phases, what my post needs, my next level"),
        "page('development')",
    ),
    Command(
        N_("My levels"),
        N_("what each level asks for, and what of it I have"),
        "page('levels')",
    ),
    Command(N_("Case library"), N_("excellent cases to learn from"), "page('cases')"),
    Command(
        N_("Training sessions"),
        N_("when I give or attend training; sign in and out"),
        "page('training-sessions')",
    ),
    Command(N_("Training calendar"), N_("training month by month"), "page('training-calendar')"),
    Command(
        N_("Training plans"),
        N_("annual and ad-hoc plans, and what waits for HR"),
        "page('training-plans')",
        Action.PLAN_TRAINING,
    ),
    Command(
        N_("Training year"),
        N_("what was held each month, and what training costs"),
        "page('training-year')",
        Action.PLAN_TRAINING,
    ),
    Command(
        N_("What onboarding covers"),
        N_("which contents and methods the courses for newcomers have"),
        "page('onboarding-coverage')",
        Action.SEE_ANALYSIS,
    ),
    Command(
        N_("Whom I guide"),
        N_("logs that wait for my remark or sign-off"),
        "page('guided')",
        Action.GUIDE,
    ),
    Command(N_("People"), N_("everybody in the company"), "page('people')", Action.SEE_PEOPLE),
    Command(
        N_("Qualification list"),
        N_("who may serve what, as of a day"),
        "page('qualifications')",
        Action.SEE_QUALIFICATIONS,
    ),
    Command(
        N_("Expiring"),
        N_("what ends soon: remind, register, extend for many at once"),
        "page('expiring')",
        Action.SEE_QUALIFICATIONS,
    ),
    Command(
        N_("Exceptions"),
        N_("what HR decided by way of exception, and why"),
        "page('exceptions')",
        Action.SEE_LEDGER,
    ),
    Command(
        N_("Refusals of onboarding"),
        N_("who refuses onboarding, and what HR decides"),
        "page('refusals')",
        Action.EXEMPT,
    ),
    Command(
        N_("Marking"),
        N_("essays and practicals that wait for an examiner"),
        "page('marking')",
        Action.MARK,
    ),
    Command(
        N_("Blueprint"),
        N_("whether the bank can fill every exam"),
        "page('blueprint')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Item bank"),
        N_("items, their states and what waits for review"),
        "page('bank')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Import a question bank"),
        N_("from text, Word, Excel, GIFT, Moodle XML or QTI"),
        "page('item-import')",
        Action.WRITE_ITEMS,
    ),
    Command(
        N_("Stale items"),
        N_("items whose standards changed"),
        "page('stale-items')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Coverage"),
        N_("what the items of a course cover, and the holes"),
        "page('coverage')",
        Action.SEE_BANK,
    ),
    Command(
        N_("Standards"),
        N_("the catalogue with its targets"),
        "page('standards')",
        Action.OPINE_STANDARD,
    ),
    Command(
        N_("Standards in the making"),
        N_("drafts, opinions, trials and approvals"),
        "page('standard-drafts')",
        Action.OPINE_STANDARD,
    ),
    Command(
        N_("Delta training"),
        N_("what changed in standards, and who has learned it"),
        "page('delta-trainings')",
    ),
    Command(
        N_("Item analysis"),
        N_("how hard and how telling the items of an exam were"),
        "page('item-analysis')",
        Action.SEE_ANALYSIS,
    ),
    Command(
        N_("Corrections"),
        N_("results to be corrected after an exam"),
        "page('corrections')",
        Action.CORRECT,
    ),
    Command(
        N_("Exams in progress"),
        N_("who sits an exam now, for the invigilator"),
        "page('invigilation')",
        Action.INVIGILATE,
    ),
    Command(
        N_("Cohorts"),
        N_("who sits an exam together, and their pass rate"),
        "page('cohorts')",
        Action.MANAGE_COHORTS,
    ),
    Command(
        N_("Retakes"),
        N_("used-up attempts to decide about, and overdue remedial training"),
        "page('retakes')",
        look_after=True,
    ),
    Command(N_("My evaluation"), N_("my grades, and how they were made up"), "page('evaluation')"),
    Command(N_("My ratings"), N_("whom I am to rate now"), "page('ratings')"),
    Command(
        N_("Coaching plans"),
        N_("what is to be done after a weak grade"),
        "page('coaching-plans')",
    ),
    Command(
        N_("Evaluation periods"),
        N_("open, score, review and close them"),
        "page('evaluation-periods')",
        Action.RUN_EVALUATION,
    ),
    Command(
        N_("Consequences of grades"),
        N_("what waits for HR to confirm or decline"),
        "page('consequences')",
        Action.DECIDE_CONSEQUENCES,
    ),
    Command(
        N_("Ledger"),
        N_("who did what, and whether all of it still holds"),
        "page('ledger')",
        Action.SEE_LEDGER,
    ),
    Command(
        N_("Proposals"),
        N_("what takes a second person: confirm or decline"),
        "page('proposals')",
        Action.MANAGE_QUALIFICATIONS,
    ),
    Command(
        N_("Personal data"),
        N_("leavers whose data are due for removal, and extracts"),
        "page('personal-data')",
        Action.ERASE,
    ),
    Command(N_("My ways in"), N_("password, public keys, who tried"), "page('ways-in')"),
    Command(N_("My data"), N_("all that is kept of me, and for how long"), "page('my-data')"),
    Command(
        N_("Appeals"),
        N_("objections to grades"),
        "page('appeals')",
        Action.DECIDE_APPEAL,
    ),
    Command(
        N_("Department sheets"),
        N_("scores and grades of departments"),
        "page('department-sheets')",
        Action.RUN_EVALUATION,
    ),
    Command(
        N_("Inspections"), N_("the register of checks, and my own results"), "page('inspections')"
    ),
    Command(
        N_("Who is due for inspection"),
        N_("newcomers every week, everybody once a quarter"),
        "page('inspection-due')",
        Action.SEE_INSPECTIONS,
    ),
    Command(
        N_("Rectification notices"),
        N_("what is to be put right, and until when"),
        "page('notices')",
    ),
    Command(
        N_("Anomaly forms"),
        N_("irregular events in service, and who signs"),
        "page('anomalies')",
    ),
    Command(
        N_("The company's rules"),
        N_("every value, who changed it, and what another file would change"),
        "page('policy')",
        Action.CHANGE_POLICY,
    ),
    Command(N_("Language"), "中文 / English", "language", for_anybody=True),
    Command(N_("Light or dark"), N_("the theme of the screens"), "theme", for_anybody=True),
    Command(N_("Help"), N_("what one can do here"), "help", for_anybody=True),
    Command(N_("Sign out"), N_("let somebody else come to the screen"), "sign_out"),
    Command(N_("Quit"), N_("leave certify"), "quit", for_anybody=True),
)


IN_EXAM = (
    Command(N_("Submit"), N_("hand the exam in"), "screen.submit"),
    Command(N_("Flag"), N_("look at this item again later"), "screen.flag"),
    Command(N_("Go to"), N_("an item by its number"), "screen.ask_number"),
    Command(N_("Break"), N_("take a break, if you may"), "screen.take_break"),
    Command(N_("Leave"), N_("leave the exam without submitting"), "screen.leave"),
)
"""What an exam in progress offers instead of other pages."""
