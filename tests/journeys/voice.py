"""A phone that speaks, and one that does not: what the browser offers in place of its own voice."""

from playwright.sync_api import Page

# Says nothing aloud. A sentence goes on until `finish()` is called, as if the voice were slow.
PHONE = """
(voices => {
  window.spoken = [];
  let now = null;
  const fake = new EventTarget();
  fake.getVoices = () => voices;
  fake.speak = words => { now = words; window.spoken.push({ text: words.text, rate: words.rate, lang: words.lang }); };
  fake.cancel = () => { const cut = now; now = null; if (cut && cut.onerror) cut.onerror(); };
  window.finish = () => { const done = now; now = null; if (done) done.onend(); };
  window.bring = more => { voices = more; fake.dispatchEvent(new Event("voiceschanged")); };
  Object.defineProperty(window, "speechSynthesis", { value: fake });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})(%s)
"""
MANDARIN = '[{ lang: "en-US", name: "Ava" }, { lang: "zh-CN", name: "Tingting", localService: true }]'
CANTONESE = '[{ lang: "zh-HK", name: "Sinji", localService: true }]'
NONE = "[]"


def give_voice(page: Page, voices: str = MANDARIN) -> None:
    """Let the pages opened from now on find these voices in the browser."""
    page.add_init_script(PHONE % voices)


def spoken(page: Page) -> list[str]:
    """Return every sentence that was begun so far."""
    return page.evaluate("window.spoken.map(words => words.text)")


def finish(page: Page, times: int = 1) -> None:
    """Let the voice come to the end of its sentence."""
    for _ in range(times):
        page.evaluate("window.finish()")


def read_to_the_end(page: Page) -> list[str]:
    """Let the voice read until there is nothing left; return all it said."""
    for _ in range(400):
        if not page.evaluate("document.documentElement.classList.contains('reading')"):
            return spoken(page)
        finish(page)
    raise AssertionError("reads on and on")
