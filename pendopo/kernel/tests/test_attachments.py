from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pendopo.kernel.attachments import write_whole


def test_many_who_write_the_same_file_at_once_leave_it_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    place, content = tmp_path / "inspections" / "sama.png", b"\x89PNG" * 50_000

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write_whole, place, content) for _phone in range(40)]:
            done.result()

    assert place.read_bytes() == content
    assert list(place.parent.iterdir()) == [place]
