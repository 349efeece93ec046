"""Bytes to text: the encodings Chinese reports come in, told apart."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = frozenset("的和在了是年月日一二三个人工作发展建设推进完成项目社区市区县镇街道党全为有大中")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the codec that read it.

    A byte order mark decides; then strict UTF-8; then UTF-16 without a mark, GB18030 and Big5, of which
    the one that gives the most plausible Chinese is taken; charset-normalizer has the last word.

    Raises
    ------
    ValueError
        If no codec gives text.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec), codec
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken: UnicodeDecodeError | None = error
    else:
        broken = None
        if "\0" not in text:
            return text, "utf-8"
    if b"\0" in data[:4096] and len(data) % 2 == 0:
        wide = _best(data, ("utf-16-le", "utf-16-be"))
        if wide:
            return wide
    if b"\0" in data:
        raise ValueError("binary data")
    found = _best(data, ("gb18030", "big5"))
    if found:
        return found
    if broken and _mostly_utf8(data):
        line = data.count(b"\n", 0, broken.start) + 1
        raise ValueError(f"broken UTF-8 at byte {broken.start}, line {line}; save the text again as UTF-8")
    guess = from_bytes(data[:200_000]).best()
    if guess is None:
        raise ValueError("no known encoding")
    try:
        return data.decode(guess.encoding), guess.encoding
    except UnicodeDecodeError as error:
        raise ValueError(f"broken {guess.encoding} at byte {error.start}") from None


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether all but a little of `data` is Chinese in UTF-8."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") < 0.05 * len(text) and _plausible(text[:20_000]) > 0


def _best(data: bytes, codecs_: tuple[str, ...]) -> tuple[str, str] | None:
    scored = []
    for codec in codecs_:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        scored.append((_plausible(text[:20_000]), codec, text))
    if not scored:
        return None
    score, codec, text = max(scored, key=lambda s: s[0])
    return (text, codec) if score > 0.25 else None


def _plausible(text: str) -> float:
    """Return the share of characters that are usual in Chinese text, common ones counted twice."""
    kept = re.sub(r"\s", "", text)
    if not kept:
        return 0.0
    usual = sum(
        "一" <= c <= "鿿" or (c.isascii() and c.isprintable()) or "　" <= c <= "〿" or "＀" <= c <= "￯" or c in "“”‘’—…·"
        for c in kept
    )
    odd = sum(c < " " or "\ue000" <= c <= "\uf8ff" for c in kept)
    return (usual + sum(c in _COMMON for c in kept) - 3 * odd) / len(kept) - 0.6
