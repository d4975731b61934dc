"""Draw the app's icons from our own mark: `.venv/bin/python scripts/icons.py`. Needs the tests' Chromium."""

from pathlib import Path

from playwright.sync_api import sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
MARK = CHECKOUT / "pendopo/kernel/static/kernel/mark.svg"
ICONS = CHECKOUT / "pendopo/queues/static/queues"
DEEP = "#083575"
# Name, side, corner and size of the flower: of a maskable icon only the inner 80 % are sure to be seen (W3C manifest).
WANTED = (("icon-192", 192, 8, 0.9), ("icon-512", 512, 8, 0.9), ("icon-maskable-512", 512, 0, 0.66))
STYLE = "<style>html,body{margin:0;height:100%;background:transparent}svg{display:block}</style>"


def drawn(corner: int, size: float) -> str:
    """Draw the mark's flower in white on the brand's deep blue."""
    mark = MARK.read_text()
    petals = mark[mark.index("<path") : mark.index("</svg>")].replace("#196bcd", "#fff")
    move = 18 * (1 - size)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36" width="100%" height="100%">'
        f'<rect width="36" height="36" rx="{corner}" fill="{DEEP}"/>'
        f'<g transform="translate({move} {move}) scale({size})">{petals}</g></svg>'
    )


def main() -> None:
    """Write the pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, side, corner, size in WANTED:
            page = browser.new_page(viewport={"width": side, "height": side})
            page.set_content(STYLE + drawn(corner, size))
            page.screenshot(path=ICONS / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
