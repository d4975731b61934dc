"""What is asked of every page: WCAG 2.2 AA by axe-core, nothing wider than the screen, nothing too small to touch."""

from pathlib import Path

from playwright.sync_api import CDPSession, Page

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([type, values]) => {
  const found = await axe.run(document, {runOnly: {type, values}, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
TOO_SMALL = """(least) => {
  const touched = "button, summary, select, textarea, input:not([type=hidden]), .button, .navlink, .line, .picks a, " +
    ".kiosk-choice[href], .footer a, .crumbs a, .deskbar a, .score";
  const small = [];
  for (const element of document.querySelectorAll(touched)) {
    if (!element.checkVisibility() || element.closest(".unseen, .skip")) continue;
    const box = (element.matches("[type=radio], [type=checkbox]") && element.closest("label")) || element;
    const {width, height} = box.getBoundingClientRect();
    // Half a pixel is the rounding of a line's height.
    if (width < least - 0.5 || height < least - 0.5)
      small.push(`${element.tagName}.${element.className} “${element.textContent.trim().slice(0, 30)}” ` +
        `${Math.round(width)}×${Math.round(height)}`);
  }
  return small;
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => `${element.tagName}.${element.className} is ${wide} px too wide`).slice(0, 3);
}"""
BLANK = """() => [...document.querySelectorAll("table, ul, ol, dl, select, nav, main")]
  // The board's last calls and a phone's kept numbers come by script.
  .filter((element) => !element.matches("[data-last]") && !/kept/.test(element.innerHTML))
  .filter((element) => element.checkVisibility())
  .filter((element) => !(element.matches("table") ? element.querySelector("tbody tr") : element.children.length))
  .map((element) => `${element.tagName}.${element.className} has nothing in it`)"""
# Words that stand out of the box that they are in; what may be scrolled, or is cut with dots, is in order.
SPILLING = """() => {
  const spilling = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode;
    let box = text.parentElement;
    if (!text.data.trim() || !box.checkVisibility() || box.closest("svg, .unseen, .skip, select, script")) continue;
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement;
    if (getComputedStyle(box).textOverflow === "ellipsis" || box.clientWidth <= 1) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const more = Math.round(range.getBoundingClientRect().right - box.getBoundingClientRect().right);
    if (more > 1) spilling.push(`${box.tagName}.${box.className} “${text.data.trim().slice(0, 30)}” +${more} px`);
  }
  return spilling.slice(0, 5);
}"""


def violations(page: Page) -> list[str]:
    """Return what axe finds in a page as it is."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE)
    return list(page.evaluate(RUN, ["tag", RULES]))


def faint(page: Page) -> list[str]:
    """Return what has too little contrast, once axe is in the page."""
    return list(page.evaluate(RUN, ["rule", ["color-contrast"]]))


def too_small(page: Page, least: int) -> list[str]:
    """Return what is too small to touch."""
    return list(page.evaluate(TOO_SMALL, least))


def too_wide(page: Page) -> list[str]:
    """Return what makes a page scroll sideways."""
    return list(page.evaluate(TOO_WIDE))


def blank(page: Page) -> list[str]:
    """Return the tables and lists in which nothing is."""
    return list(page.evaluate(BLANK))


def spilling(page: Page) -> list[str]:
    """Return what stands out of its box."""
    return list(page.evaluate(SPILLING))


class Scales:
    """Weighs what comes over the wire for a first visit to a page.

    Left out are the font, which comes once and is not waited for, and what the page asks anew when it hears news.
    """

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self.seen: set[str] = set()
        self.left_out: set[str] = set()
        session: CDPSession = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._begin)
        session.on("Network.loadingFinished", self._end)
        session.send("Network.enable")

    def _begin(self, event: dict[str, object]) -> None:
        request = event["request"]
        address = str(request["url"]) if isinstance(request, dict) else ""
        if event.get("type") == "Font" or ".woff2" in address or address in self.seen:
            self.left_out.add(str(event["requestId"]))
        self.seen.add(address)

    def _end(self, event: dict[str, float | str]) -> None:
        if event["requestId"] not in self.left_out:
            self.bytes += int(event["encodedDataLength"])
