-- Regular expressions, which are Java's.
REGEXP('abc', 'b')
REGEXP('abc', '^b')
REGEXP('abc', '')
REGEXP('', '')
REGEXP('abc', '[')
REGEXP('abc', '(?i)B')
REGEXP('abc', 'a.c')
REGEXP('a' || CHR(10) || 'c', 'a.c')
REGEXP('a' || CHR(10) || 'c', '(?s)a.c')
REGEXP('a' || CHR(10) || 'c', '(?m)^c$')
REGEXP('c' || CHR(10), 'c$')
REGEXP('c' || CHR(10), 'c\z')
REGEXP('c' || CHR(10), 'c\Z')
REGEXP('aa', '(a)\1')
REGEXP('ab', 'a(?=b)')
REGEXP('ab', '(?<=a)b')
REGEXP('ab', '(?<!a)b')
REGEXP('aaa', 'a++a')
REGEXP('aaa', '(?>a+)a')
REGEXP('a1', '\p{Alpha}\p{Digit}')
REGEXP('é', '\w')
REGEXP('é', '\p{L}')
REGEXP('é', '\p{javaLowerCase}')
REGEXP('é', '\p{IsAlphabetic}')
REGEXP('É', '(?i)é')
REGEXP('É', '(?iu)é')
REGEXP('٣', '\d')
REGEXP('٣', '(?U)\d')
REGEXP('a b', 'a\sb')
REGEXP('a' || CHR(160) || 'b', 'a\sb')
REGEXP('a' || CHR(160) || 'b', 'a\hb')
REGEXP('a-b', '[a\-z]-')
REGEXP('b', '[a-z&&[^b]]')
REGEXP('c', '[a-z&&[^b]]')
REGEXP('b', '[a[b]]')
REGEXP('a]', '[]a]')
REGEXP('[', '[[]')
REGEXP('a.c', '\Qa.c\E')
REGEXP('abc', '\Qa.c\E')
REGEXP('ab', '(?x) a b # comment')
REGEXP('A', '\x41')
REGEXP('A', '\u0041')
REGEXP('A', '\x{41}')
REGEXP('A', '\0101')
REGEXP('😀', '^.$')
REGEXP('ab', '(?<name>a)\k<name>')
REGEXP('aab', '(?<name>a)\k<name>b')
REGEXP('abc', 'a{2}')
REGEXP('aa{', 'a{')
REGEXP('x', 'x*+')
REGEXP('foobar', 'foo\Bbar')
REGEXP('foo bar', '\bbar\b')
REGEXP('a', '\Aa\z')
REGEXP('ab' || CHR(13) || CHR(10), 'b\R')
REGEXP('tab' || CHR(9), '\t')
REGEXP('abc', '*')
REGEXP('abc', 'a|b|')
REGEXP('abc', '(?:a)(?-i:B)')
REGEXP('abc', '(')
REGEXP('abc', ')')
REGEXP('abc', '\')
REGEXP(CAST(NULL AS STRING), 'a')
REGEXP('a', CAST(NULL AS STRING))
'abc' RLIKE 'b'
REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 2)
REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 1)
REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 0)
REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)')
REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 3)
REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', -1)
REGEXP_EXTRACT('foothebar', 'x')
REGEXP_EXTRACT('foothebar', '[')
REGEXP_EXTRACT('a', '(b)?a', 1)
REGEXP_EXTRACT('', '')
REGEXP_EXTRACT(CAST(NULL AS STRING), 'a')
REGEXP_EXTRACT('a', CAST(NULL AS STRING))
REGEXP_EXTRACT('a', 'a', CAST(NULL AS INT))
REGEXP_EXTRACT('a', 'a', CAST(0 AS BIGINT))
REGEXP_EXTRACT('100-200', '(\d+)-(\d+)', 1)
REGEXP_EXTRACT('aaa', 'a+?')
REGEXP_EXTRACT('aXbX', '.*?X')
REGEXP_REPLACE('foobar', 'oo|ar', '')
REGEXP_REPLACE('foobar', '(o)', '$1')
REGEXP_REPLACE('foobar', 'o', '\\')
REGEXP_REPLACE('abc', '', '-')
REGEXP_REPLACE('a😀', '', '-')
REGEXP_REPLACE('abc', 'x*', '-')
REGEXP_REPLACE('abc', '[', '-')
REGEXP_REPLACE('', 'a', '-')
REGEXP_REPLACE('', '', '-')
REGEXP_REPLACE('aaa', 'a{2}', 'b')
REGEXP_REPLACE('100-200', '(\d+)', 'num')
REGEXP_REPLACE(CAST(NULL AS STRING), 'a', 'b')
REGEXP_REPLACE('a', CAST(NULL AS STRING), 'b')
REGEXP_REPLACE('a', 'a', CAST(NULL AS STRING))
REGEXP_COUNT('100-200, 3', '\d+')
REGEXP_COUNT('abcabc', 'b')
REGEXP_COUNT('abc', '')
REGEXP_COUNT('', '')
REGEXP_COUNT('a😀', '')
REGEXP_COUNT('abc', '[')
REGEXP_COUNT('aaa', 'aa')
REGEXP_COUNT(CAST(NULL AS STRING), 'a')
REGEXP_COUNT('a', CAST(NULL AS STRING))
REGEXP_EXTRACT_ALL('100-200, 300-400', '(\d+)-(\d+)')
REGEXP_EXTRACT_ALL('100-200, 300-400', '(\d+)-(\d+)', 0)
REGEXP_EXTRACT_ALL('100-200, 300-400', '(\d+)-(\d+)', 1)
REGEXP_EXTRACT_ALL('100-200, 300-400', '(\d+)-(\d+)', 2)
REGEXP_EXTRACT_ALL('100-200, 300-400', '(\d+)-(\d+)', 3)
REGEXP_EXTRACT_ALL('100-200', '(\d+)-(\d+)', -1)
REGEXP_EXTRACT_ALL('abc', '\d')
REGEXP_EXTRACT_ALL('abc', '\d+')
REGEXP_EXTRACT_ALL('abc', '[', 0)
REGEXP_EXTRACT_ALL('ab', '(x)?', 1)
REGEXP_EXTRACT_ALL(CAST(NULL AS STRING), 'a')
REGEXP_EXTRACT_ALL('a', CAST(NULL AS STRING))
REGEXP_EXTRACT_ALL('a', 'a', CAST(NULL AS INT))
REGEXP_INSTR('hello world', 'o')
REGEXP_INSTR('hello world', 'x')
REGEXP_INSTR('hello', '')
REGEXP_INSTR('', '')
REGEXP_INSTR('😀o', 'o')
REGEXP_INSTR('abc', '[')
REGEXP_INSTR(CAST(NULL AS STRING), 'a')
REGEXP_INSTR('a', CAST(NULL AS STRING))
REGEXP_SUBSTR('hello world', 'o \w')
REGEXP_SUBSTR('hello world', 'x')
REGEXP_SUBSTR('hello', '')
REGEXP_SUBSTR('', '')
REGEXP_SUBSTR('abc', '[')
REGEXP_SUBSTR(CAST(NULL AS STRING), 'a')
REGEXP_SUBSTR('a', CAST(NULL AS STRING))
'abc' LIKE 'abc'
'abc' LIKE 'ABC'
'abc' LIKE '%'
'abc' LIKE '_'
'abc' LIKE '___'
'😀' LIKE '_'
'abc' LIKE ''
'' LIKE ''
'' LIKE '%'
'a.c' LIKE 'a.c'
'abc' LIKE 'a.c'
'a%c' LIKE 'a\%c'
'a\bc' LIKE 'a\%'
'a%c' LIKE 'a!%c' ESCAPE '!'
'abc' LIKE 'a!%c' ESCAPE '!'
'a!c' LIKE 'a!!c' ESCAPE '!'
'abc' LIKE 'a!bc' ESCAPE '!'
'abc' LIKE 'abc!' ESCAPE '!'
'abc' LIKE 'abc' ESCAPE 'xy'
'abc' NOT LIKE 'a%'
'a' || CHR(10) || 'c' LIKE 'a%c'
'a' || CHR(10) || 'c' LIKE 'a_c'
CAST(NULL AS STRING) LIKE 'a'
'a' LIKE CAST(NULL AS STRING)
'abc' SIMILAR TO 'abc'
'abc' SIMILAR TO 'a'
'abc' SIMILAR TO 'a%'
'abc' SIMILAR TO '_b_'
'abc' SIMILAR TO '(a|b)bc'
'abc' SIMILAR TO '[a-c]*'
'abc' SIMILAR TO '[^a]bc'
'abc' SIMILAR TO '[[:ALPHA:]]{3}'
'123' SIMILAR TO '[[:DIGIT:]]+'
'a1' SIMILAR TO '[[:ALNUM:]]*'
'a b' SIMILAR TO 'a[[:SPACE:]]b'
'aaa' SIMILAR TO 'a{3}'
'aaa' SIMILAR TO 'a{2,}'
'aaa' SIMILAR TO 'a?'
'a.c' SIMILAR TO 'a.c'
'abc' SIMILAR TO 'a.c'
'a%c' SIMILAR TO 'a!%c' ESCAPE '!'
'abc' SIMILAR TO ''
'' SIMILAR TO ''
'abc' SIMILAR TO '['
'abc' NOT SIMILAR TO 'a%'
'a|b' SIMILAR TO 'a|b'
'abc' SIMILAR TO '^abc$'
CAST(NULL AS STRING) SIMILAR TO 'a'
'a' SIMILAR TO CAST(NULL AS STRING)

FROM (VALUES (1, 'foobar', 'o+'), (2, CAST(NULL AS STRING), 'a'), (3, '', ''), (4, '😀ß1é22', '\d'), (5, 'aXbXc', CAST(NULL AS STRING)), (6, 'bad', '['), (7, 'a1b22c333', '([a-z])(\d+)'), (8, 'foo%bar', '%o!%%')) AS t(id, s, p)
REGEXP(s, p)
REGEXP(s, '[a-c]')
REGEXP('abc', p)
REGEXP_EXTRACT(s, p)
REGEXP_EXTRACT(s, p, 1)
REGEXP_EXTRACT(s, '([a-z])(\d+)', 2)
REGEXP_REPLACE(s, p, '$')
REGEXP_REPLACE(s, '[a-c]', p)
REGEXP_COUNT(s, p)
REGEXP_COUNT(s, '[a-z]')
REGEXP_EXTRACT_ALL(s, p, 0)
REGEXP_EXTRACT_ALL(s, '([a-z])(\d+)', 2)
REGEXP_INSTR(s, p)
REGEXP_INSTR(s, '\d')
REGEXP_SUBSTR(s, p)
REGEXP_SUBSTR(s, '[a-z]\d')
s LIKE '%o%'
s LIKE p
s NOT LIKE 'f%'
s LIKE '_____'
s SIMILAR TO '%(o|a)%'
s SIMILAR TO '[a-z]+'
