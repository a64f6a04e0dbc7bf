import pytest
from PySide6.QtWidgets import QApplication

from app.language import LANGUAGES, chosen_language, use_language
from app.words import tr


@pytest.fixture
def speaking(qtbot):
    """Switches the language; English again in the end."""
    application = QApplication.instance()
    yield lambda language: use_language(application, language)
    use_language(application, "en")


@pytest.mark.parametrize(("language", "word"), [("de", "Stu&mm"), ("es", "&Silenciar")])
def test_words_are_in_the_language_chosen_and_english_again_after_it(speaking, language, word):
    speaking(language)
    assert tr("&Mute") == word
    speaking("en")
    assert tr("&Mute") == "&Mute"


def test_values_stand_where_the_language_wants_them(speaking):
    speaking("de")
    assert tr("{number} from the left", number=2) == "2. von links"
    assert tr("A text that nobody translated {x}", x=1) == "A text that nobody translated 1"


def test_the_window_opens_in_the_language_chosen(qtbot, speaking, session):
    from app.window import Window

    speaking("de")
    window = Window(session)
    qtbot.addWidget(window)
    titles = [window.panel.tabText(page).replace("&", "") for page in range(5)]
    assert titles == ["Avatar", "Stil", "Ton", "Bild", "Mehr"]
    assert window.mute.text() == "Stu&mm"


@pytest.mark.usefixtures("themed")
@pytest.mark.parametrize("language", [code for code, _ in LANGUAGES])
def test_no_page_is_wider_than_the_panel_in_any_language(qtbot, speaking, session, language):
    from app.window import Window

    speaking(language)
    window = Window(session)
    qtbot.addWidget(window)
    session.change(background="colour", push_to_talk=True)
    window.resize(window.minimumSize())
    window.show()
    assert window.width() <= 683, "half of 1366"
    bar = window.panel.widget(0).verticalScrollBar().sizeHint().width()
    wide = {}
    for page in range(window.panel.count()):
        window.panel.setCurrentIndex(page)
        content = window.panel.widget(page).widget()
        if content.minimumSizeHint().width() > window.panel.width() - bar:
            wide[window.panel.tabText(page)] = content.minimumSizeHint().width()
    assert wide == {}
    assert window.panel.tabBar().sizeHint().width() <= window.panel.width()


def test_a_language_we_have_is_taken_and_any_other_gives_one_we_have():
    assert chosen_language("es") == "es"
    known = {code for code, _ in LANGUAGES}
    assert chosen_language("system") in known
    assert chosen_language("tlh") in known
