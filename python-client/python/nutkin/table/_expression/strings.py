"""Strings: parts, patterns, encodings and hashes. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods, given

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class StringMethods(ExpressionMethods):
    """Strings: parts, patterns, encodings and hashes."""

    __slots__ = ()

    def substring(self, begin_index: Any, length: Any = None) -> Expression:
        """The part from ``begin_index``, which counts from 1, of ``length`` characters.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").substring(1, 2))
        substring(a, 1, 2)
        """
        return self._call("substring", begin_index, *given(length))

    def substr(self, begin_index: Any, length: Any = None) -> Expression:
        """The part from ``begin_index``, which counts from 1, of ``length`` characters.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").substr(1, 2))
        substr(a, 1, 2)
        """
        return self._call("substr", begin_index, *given(length))

    def trim_leading(self, character: Any = None) -> Expression:
        """Without such characters at the start; blanks if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").trim_leading("x"))
        trim(true, false, 'x', a)
        """
        return self._call("trimLeading", *given(character))

    def trim_trailing(self, character: Any = None) -> Expression:
        """Without such characters at the end; blanks if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").trim_trailing("x"))
        trim(false, true, 'x', a)
        """
        return self._call("trimTrailing", *given(character))

    def trim(self, character: Any = None) -> Expression:
        """Without such characters at both ends; blanks if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").trim())
        trim(true, true, ' ', a)
        """
        return self._call("trim", *given(character))

    def replace(self, search: Any = None, replacement: Any = None) -> Expression:
        """Every ``search`` replaced.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").replace("x", "y"))
        replace(a, 'x', 'y')
        """
        return self._call("replace", search, replacement)

    def translate(self, from_str: Any, to_str: Any) -> Expression:
        """Every character of ``from_str`` replaced by the one at its place in ``to_str``, or left
        out if there is none.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").translate("x", "y"))
        TRANSLATE3(a, 'x', 'y')
        """
        return self._call("translate", from_str, to_str)

    @property
    def char_length(self) -> Expression:
        """How many characters the text has.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").char_length)
        charLength(a)
        """
        return self._call("charLength")

    @property
    def upper_case(self) -> Expression:
        """In upper case.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").upper_case)
        upper(a)
        """
        return self._call("upperCase")

    @property
    def lower_case(self) -> Expression:
        """In lower case.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").lower_case)
        lower(a)
        """
        return self._call("lowerCase")

    @property
    def init_cap(self) -> Expression:
        """Every word with a capital letter, the rest in lower case.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").init_cap)
        initCap(a)
        """
        return self._call("initCap")

    def like(self, pattern: Any = None, escape: Any = None) -> Expression:
        """TRUE if the text matches a LIKE pattern.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").like("x%"))
        LIKE(a, 'x%')
        """
        return self._call("like", *given(pattern, escape))

    def similar(self, pattern: Any = None) -> Expression:
        """TRUE if the text matches a SIMILAR TO pattern.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").similar("x"))
        similar(a, 'x')
        """
        return self._call("similar", pattern)

    def position(self, haystack: Any = None) -> Expression:
        """Where in ``haystack`` the text first is, from 1; 0 if nowhere.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").position("x"))
        position(a, 'x')
        """
        return self._call("position", haystack)

    def lpad(self, length: Any, pad: Any) -> Expression:
        """Filled on the left with ``pad`` to a length, or cut off to it.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").lpad(3, "x"))
        lpad(a, 3, 'x')
        """
        return self._call("lpad", length, pad)

    def rpad(self, length: Any, pad: Any) -> Expression:
        """Filled on the right with ``pad`` to a length, or cut off to it.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").rpad(3, "x"))
        rpad(a, 3, 'x')
        """
        return self._call("rpad", length, pad)

    def overlay(self, new_string: Any, starting: Any, length: Any = None) -> Expression:
        """With the part from ``starting`` on replaced; of ``length`` characters, or as many as the
        new text has.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").overlay("x", 1))
        overlay(a, 'x', 1)
        """
        return self._call("overlay", new_string, starting, *given(length))

    def regexp(self, regex: Any) -> Expression:
        """TRUE if a regular expression of Java matches a part.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp("x"))
        regexp(a, 'x')
        """
        return self._call("regexp", regex)

    def regexp_count(self, regex: Any) -> Expression:
        """How often a regular expression matches.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp_count("x"))
        REGEXP_COUNT(a, 'x')
        """
        return self._call("regexpCount", regex)

    def regexp_replace(self, regex: Any, replacement: Any) -> Expression:
        """Every match of a regular expression replaced.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp_replace("x", "y"))
        regexpReplace(a, 'x', 'y')
        """
        return self._call("regexpReplace", regex, replacement)

    def regexp_extract(self, regex: Any, extract_index: Any = None) -> Expression:
        """The part that a group of a regular expression matched; the whole match without a group.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp_extract("x", 1))
        regexpExtract(a, 'x', 1)
        """
        return self._call("regexpExtract", regex, *given(extract_index))

    def regexp_extract_all(self, regex: Any, extract_index: Any = None) -> Expression:
        """The parts that a group of a regular expression matched, as an ARRAY.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp_extract_all("x", 1))
        REGEXP_EXTRACT_ALL(a, 'x', 1)
        """
        return self._call("regexpExtractAll", regex, *given(extract_index))

    def regexp_instr(self, regex: Any) -> Expression:
        """Where a regular expression first matches, from 1; 0 if nowhere.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp_instr("x"))
        REGEXP_INSTR(a, 'x')
        """
        return self._call("regexpInstr", regex)

    def regexp_substr(self, regex: Any) -> Expression:
        """The first part that a regular expression matches.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").regexp_substr("x"))
        REGEXP_SUBSTR(a, 'x')
        """
        return self._call("regexpSubstr", regex)

    def starts_with(self, start_expr: Any) -> Expression:
        """TRUE if the value starts so.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").starts_with("x"))
        STARTSWITH(a, 'x')
        """
        return self._call("startsWith", start_expr)

    def ends_with(self, end_expr: Any) -> Expression:
        """TRUE if the value ends so.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").ends_with("x"))
        ENDSWITH(a, 'x')
        """
        return self._call("endsWith", end_expr)

    def concat(self, other: Any) -> Expression:
        """Both texts one after the other; NULL if one is.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").concat("x"))
        concat(a, 'x')
        """
        return self._call("concat", other)

    @property
    def from_base64(self) -> Expression:
        """The text that Base64 stands for.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").from_base64)
        fromBase64(a)
        """
        return self._call("fromBase64")

    @property
    def to_base64(self) -> Expression:
        """The text in Base64.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").to_base64)
        toBase64(a)
        """
        return self._call("toBase64")

    @property
    def ascii(self) -> Expression:
        """The code of the first character.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").ascii)
        ascii(a)
        """
        return self._call("ascii")

    @property
    def chr(self) -> Expression:
        """The character of a code.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").chr)
        chr(a)
        """
        return self._call("chr")

    def decode(self, charset: Any) -> Expression:
        """Bytes as text of a character set.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").decode("utf-8"))
        decode(a, 'utf-8')
        """
        return self._call("decode", charset)

    def encode(self, charset: Any) -> Expression:
        """Text as bytes of a character set.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").encode("utf-8"))
        encode(a, 'utf-8')
        """
        return self._call("encode", charset)

    def left(self, length: Any) -> Expression:
        """The first characters.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").left(1))
        left(a, 1)
        """
        return self._call("left", length)

    def right(self, length: Any) -> Expression:
        """The last characters.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").right(1))
        right(a, 1)
        """
        return self._call("right", length)

    def instr(self, s: Any) -> Expression:
        """Where ``s`` first is, from 1; 0 if nowhere.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").instr("x"))
        instr(a, 'x')
        """
        return self._call("instr", s)

    def locate(self, s: Any, pos: Any = None) -> Expression:
        """Where this text first is in ``s``, searched from ``pos`` on; 0 if nowhere.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").locate("x", 2))
        locate(a, 'x', 2)
        """
        return self._call("locate", s, *given(pos))

    def url_decode(self) -> Expression:
        """Without the escapes of URLs.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").url_decode())
        URL_DECODE(a)
        """
        return self._call("urlDecode")

    def url_encode(self) -> Expression:
        """With the escapes of URLs.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").url_encode())
        URL_ENCODE(a)
        """
        return self._call("urlEncode")

    def inet_aton(self) -> Expression:
        """An IPv4 address as a number.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").inet_aton())
        INET_ATON(a)
        """
        return self._call("inetAton")

    def inet_ntoa(self) -> Expression:
        """A number as an IPv4 address.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").inet_ntoa())
        INET_NTOA(a)
        """
        return self._call("inetNtoa")

    def parse_url(self, part_to_extract: Any, key: Any = None) -> Expression:
        """A part of a URL, such as ``HOST``; of ``QUERY`` also the value of a key.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").parse_url("HOST"))
        parseUrl(a, 'HOST')
        """
        return self._call("parseUrl", part_to_extract, *given(key))

    def printf(self, *obj: Any) -> Expression:
        """The values in the places that this format has for them.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").printf(1))
        PRINTF(a, 1)
        """
        return self._call("printf", *obj)

    def ltrim(self, trim_str: Any = None) -> Expression:
        """Without such characters at the start; blanks if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").ltrim("x"))
        ltrim(a, 'x')
        """
        return self._call("ltrim", *given(trim_str))

    def rtrim(self, trim_str: Any = None) -> Expression:
        """Without such characters at the end; blanks if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").rtrim("x"))
        rtrim(a, 'x')
        """
        return self._call("rtrim", *given(trim_str))

    def btrim(self, trim_str: Any = None) -> Expression:
        """Without such characters at both ends; blanks if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").btrim("x"))
        BTRIM(a, 'x')
        """
        return self._call("btrim", *given(trim_str))

    def repeat(self, n: Any) -> Expression:
        """The text so many times.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").repeat(2))
        repeat(a, 2)
        """
        return self._call("repeat", n)

    @property
    def reverse(self) -> Expression:
        """The text backwards.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").reverse)
        reverse(a)
        """
        return self._call("reverse")

    def split_index(self, separator: Any, index: Any) -> Expression:
        """One of the parts between separators, counted from 0.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").split_index(",", 1))
        splitIndex(a, ',', 1)
        """
        return self._call("splitIndex", separator, index)

    def str_to_map(self, list_delimiter: Any = None, key_value_delimiter: Any = None) -> Expression:
        """A MAP of the entries of the text: ``k=v`` with commas between them unless said otherwise.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").str_to_map(",", "="))
        strToMap(a, ',', '=')
        """
        if list_delimiter is None or key_value_delimiter is None:
            return self._call("strToMap")
        return self._call("strToMap", list_delimiter, key_value_delimiter)

    def elt(self, expr: Any, *exprs: Any) -> Expression:
        """The value of which this is the number, counted from 1.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").elt("x", "y"))
        ELT(a, 'x', 'y')
        """
        return self._call("elt", expr, *exprs)

    def split(self, delimiter: Any) -> Expression:
        """The parts between delimiters, as an ARRAY.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").split(","))
        SPLIT(a, ',')
        """
        return self._call("split", delimiter)

    @property
    def md5(self) -> Expression:
        """The MD5 hash, as 32 hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").md5)
        md5(a)
        """
        return self._call("md5")

    @property
    def sha1(self) -> Expression:
        """The SHA-1 hash, as 40 hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sha1)
        sha1(a)
        """
        return self._call("sha1")

    @property
    def sha224(self) -> Expression:
        """The SHA-224 hash, as 56 hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sha224)
        sha224(a)
        """
        return self._call("sha224")

    @property
    def sha256(self) -> Expression:
        """The SHA-256 hash, as 64 hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sha256)
        sha256(a)
        """
        return self._call("sha256")

    @property
    def sha384(self) -> Expression:
        """The SHA-384 hash, as 96 hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sha384)
        sha384(a)
        """
        return self._call("sha384")

    @property
    def sha512(self) -> Expression:
        """The SHA-512 hash, as 128 hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sha512)
        sha512(a)
        """
        return self._call("sha512")

    def sha2(self, hash_length: Any) -> Expression:
        """The SHA-2 hash of 224, 256, 384 or 512 bits, as hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sha2(256))
        sha2(a, 256)
        """
        return self._call("sha2", hash_length)
