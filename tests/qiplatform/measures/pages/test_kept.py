"""What is kept between requests: bounded, the last used last to go, safe for several threads at once."""

from concurrent.futures import ThreadPoolExecutor

from qiplatform.measures.pages.kept import Kept


def test_the_one_longest_unused_goes_first() -> None:
    kept = Kept[str, int](2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.find("a") == 1
    kept.keep("c", 3)
    assert (kept.find("a"), kept.find("b"), kept.find("c")) == (1, None, 3)
    kept.clear()
    assert len(kept) == 0


def test_many_threads_never_make_it_larger_than_it_may_be() -> None:
    kept = Kept[int, int](50)

    def use(start: int) -> int:
        for step in range(2000):
            key = (start * 7 + step) % 200
            kept.keep(key, key)
            assert kept.find(key) in {key, None}
            assert len(kept) <= 50
        return start

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(use, range(8))) == list(range(8))
    assert len(kept) == 50
