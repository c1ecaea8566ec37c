"""The PNG of a chart holds at most 256 tones, and areas keep theirs."""

from __future__ import annotations

import numpy as np
import pytest

from minshi_analysis.charts.house import TONES, _in_tones


def opaque(rgb: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.dstack([rgb, np.full(rgb.shape[:2], 255)]).astype(np.uint8))


def shown(pixels: np.ndarray) -> np.ndarray:
    return np.asarray(_in_tones(pixels).convert("RGB"))


@pytest.mark.parametrize("tones", [1, 2, TONES])
def test_a_picture_of_few_tones_is_shown_as_it_is(tones):
    drawn = np.arange(tones)[:, None, None] * np.array([1, 0, 0]) + np.array([0, 40, 80])
    pixels = opaque(np.repeat(drawn, 5, axis=1))
    assert (shown(pixels) == pixels[..., :3]).all()


def test_of_many_tones_the_frequent_stay_and_a_rare_one_becomes_the_nearest():
    rare = np.zeros((1, 300, 3), dtype=int)
    rare[0, :, 0] = np.arange(300) % 250
    rare[0, :, 1] = np.arange(300) // 250
    areas = np.concatenate([np.full((40, 300, 3), tone) for tone in (255, [86, 180, 233], [213, 94, 0])])
    pixels = opaque(np.concatenate([areas, rare]))
    picture = shown(pixels)
    assert (picture[:120] == areas).all()
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) <= TONES
    assert np.abs(picture[120].astype(int) - rare[0]).max() <= 50
