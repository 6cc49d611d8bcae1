"""The pages of a person by name: those that the palette, the keys and the first screen open."""

from collections.abc import Callable

from certify.tui.page import Page


def page_named(name: str) -> Page:
    """A page of the person at the screen by its name."""
    from certify.tui.screens.bank import BankScreen
    from certify.tui.screens.blueprint import BlueprintScreen
    from certify.tui.screens.cases import CasesScreen
    from certify.tui.screens.cohorts import CohortsScreen
    from certify.tui.screens.corrections import CorrectionsScreen
    from certify.tui.screens.courses import CoursesScreen
    from certify.tui.screens.coverage import CoverageScreen
    from certify.tui.screens.development import DevelopmentScreen
    from certify.tui.screens.exams import ExamsScreen
    from certify.tui.screens.field_practice import FieldPracticeScreen
    from certify.tui.screens.guided import GuidedScreen
    from certify.tui.screens.home import HomeScreen
    from certify.tui.screens.invigilation import InvigilationScreen
    from certify.tui.screens.item_analysis import ItemAnalysisScreen
    from certify.tui.screens.item_import import ItemImportScreen
    from certify.tui.screens.marking import MarkingScreen
    from certify.tui.screens.onboarding_coverage import OnboardingCoverageScreen
    from certify.tui.screens.people import PeopleScreen
    from certify.tui.screens.practices import PracticesScreen
    from certify.tui.screens.qualifications import QualificationsScreen
    from certify.tui.screens.record import RecordScreen
    from certify.tui.screens.retakes import RetakesScreen
    from certify.tui.screens.stale_items import StaleItemsScreen
    from certify.tui.screens.standards import StandardsScreen

    pages: dict[str, Callable[[], Page]] = {
        "home": HomeScreen,
        "courses": CoursesScreen,
        "exams": ExamsScreen,
        "record": RecordScreen,
        "people": PeopleScreen,
        "qualifications": QualificationsScreen,
        "bank": BankScreen,
        "item-import": ItemImportScreen,
        "stale-items": StaleItemsScreen,
        "coverage": CoverageScreen,
        "standards": StandardsScreen,
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
        "cases": CasesScreen,
        "onboarding-coverage": OnboardingCoverageScreen,
        "retakes": RetakesScreen,
    }
    return pages[name]()
