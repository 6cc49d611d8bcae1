"""The pages of a person by name: those that the palette, the keys and the first screen open."""

from collections.abc import Callable

from certify.tui.page import Page


def page_named(name: str) -> Page:
    """A page of the person at the screen by its name."""
    from certify.tui.screens.anomalies import AnomaliesScreen
    from certify.tui.screens.appeals import AppealsScreen
    from certify.tui.screens.bank import BankScreen
    from certify.tui.screens.blueprint import BlueprintScreen
    from certify.tui.screens.cases import CasesScreen
    from certify.tui.screens.certificates import CertificatesScreen
    from certify.tui.screens.coaching_plans import CoachingPlansScreen
    from certify.tui.screens.cohorts import CohortsScreen
    from certify.tui.screens.consequences import ConsequencesScreen
    from certify.tui.screens.corrections import CorrectionsScreen
    from certify.tui.screens.courses import CoursesScreen
    from certify.tui.screens.coverage import CoverageScreen
    from certify.tui.screens.dashboard import DashboardScreen
    from certify.tui.screens.delta_trainings import DeltaTrainingsScreen
    from certify.tui.screens.department_sheets import DepartmentSheetsScreen
    from certify.tui.screens.development import DevelopmentScreen
    from certify.tui.screens.evaluation_periods import EvaluationPeriodsScreen
    from certify.tui.screens.exams import ExamsScreen
    from certify.tui.screens.exceptions import ExceptionsScreen
    from certify.tui.screens.expiring import ExpiringScreen
    from certify.tui.screens.field_practice import FieldPracticeScreen
    from certify.tui.screens.goals import GoalsScreen
    from certify.tui.screens.guided import GuidedScreen
    from certify.tui.screens.home import HomeScreen
    from certify.tui.screens.inspection_due import InspectionDueScreen
    from certify.tui.screens.inspections import InspectionsScreen
    from certify.tui.screens.invigilation import InvigilationScreen
    from certify.tui.screens.item_analysis import ItemAnalysisScreen
    from certify.tui.screens.item_import import ItemImportScreen
    from certify.tui.screens.ladder import LadderScreen
    from certify.tui.screens.ledger import LedgerScreen
    from certify.tui.screens.marking import MarkingScreen
    from certify.tui.screens.my_data import MyDataScreen
    from certify.tui.screens.notices import NoticesScreen
    from certify.tui.screens.onboarding_coverage import OnboardingCoverageScreen
    from certify.tui.screens.own_evaluation import OwnEvaluationScreen
    from certify.tui.screens.people import PeopleScreen
    from certify.tui.screens.personal_data import PersonalDataScreen
    from certify.tui.screens.policy import PolicyScreen
    from certify.tui.screens.practices import PracticesScreen
    from certify.tui.screens.proposals import ProposalsScreen
    from certify.tui.screens.qualifications import QualificationsScreen
    from certify.tui.screens.ratings import RatingsScreen
    from certify.tui.screens.record import RecordScreen
    from certify.tui.screens.refusals import RefusalsScreen
    from certify.tui.screens.reports import ReportsScreen
    from certify.tui.screens.retakes import RetakesScreen
    from certify.tui.screens.stale_items import StaleItemsScreen
    from certify.tui.screens.standard_drafts import StandardDraftsScreen
    from certify.tui.screens.standards import StandardsScreen
    from certify.tui.screens.timeline import TimelineScreen
    from certify.tui.screens.training_calendar import TrainingCalendarScreen
    from certify.tui.screens.training_plans import TrainingPlansScreen
    from certify.tui.screens.training_sessions import TrainingSessionsScreen
    from certify.tui.screens.training_year import TrainingYearScreen
    from certify.tui.screens.ways_in import WaysInScreen

    pages: dict[str, Callable[[], Page]] = {
        "home": HomeScreen,
        "courses": CoursesScreen,
        "exams": ExamsScreen,
        "record": RecordScreen,
        "people": PeopleScreen,
        "exceptions": ExceptionsScreen,
        "expiring": ExpiringScreen,
        "refusals": RefusalsScreen,
        "qualifications": QualificationsScreen,
        "certificates": CertificatesScreen,
        "bank": BankScreen,
        "item-import": ItemImportScreen,
        "stale-items": StaleItemsScreen,
        "coverage": CoverageScreen,
        "standards": StandardsScreen,
        "standard-drafts": StandardDraftsScreen,
        "delta-trainings": DeltaTrainingsScreen,
        "blueprint": BlueprintScreen,
        "invigilation": InvigilationScreen,
        "cohorts": CohortsScreen,
        "marking": MarkingScreen,
        "item-analysis": ItemAnalysisScreen,
        "corrections": CorrectionsScreen,
        "practice": PracticesScreen,
        "field-practice": FieldPracticeScreen,
        "guided": GuidedScreen,
        "development": DevelopmentScreen,
        "levels": LadderScreen,
        "cases": CasesScreen,
        "onboarding-coverage": OnboardingCoverageScreen,
        "retakes": RetakesScreen,
        "training-plans": TrainingPlansScreen,
        "training-sessions": TrainingSessionsScreen,
        "training-calendar": TrainingCalendarScreen,
        "training-year": TrainingYearScreen,
        "inspections": InspectionsScreen,
        "inspection-due": InspectionDueScreen,
        "notices": NoticesScreen,
        "anomalies": AnomaliesScreen,
        "dashboard": DashboardScreen,
        "timeline": TimelineScreen,
        "reports": ReportsScreen,
        "goals": GoalsScreen,
        "appeals": AppealsScreen,
        "coaching-plans": CoachingPlansScreen,
        "consequences": ConsequencesScreen,
        "department-sheets": DepartmentSheetsScreen,
        "evaluation-periods": EvaluationPeriodsScreen,
        "evaluation": OwnEvaluationScreen,
        "ratings": RatingsScreen,
        "policy": PolicyScreen,
        "proposals": ProposalsScreen,
        "ledger": LedgerScreen,
        "my-data": MyDataScreen,
        "ways-in": WaysInScreen,
        "personal-data": PersonalDataScreen,
    }
    return pages[name]()
