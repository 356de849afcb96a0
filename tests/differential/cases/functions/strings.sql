-- Strings: case, length, parts, padding, search.
UPPER('abc')
UPPER('')
UPPER(CAST(NULL AS STRING))

FROM (VALUES (1, 'a'), (2, CAST(NULL AS STRING)), (3, ''), (4, '😀ß')) AS t(id, s)
UPPER(s)
LOWER(s)
CHAR_LENGTH(s)
1 / (CHAR_LENGTH(s) - 1)
