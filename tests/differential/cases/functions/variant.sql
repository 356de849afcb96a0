-- VARIANT, semi-structured values.
PARSE_JSON('1')
PARSE_JSON('{"a":1,"b":[1,2.5,"x",null,true]}')
PARSE_JSON('bad')
PARSE_JSON('{"a":1,"a":2}')
PARSE_JSON('{"a":1,"a":2}', TRUE)
PARSE_JSON(CAST(NULL AS STRING))
TRY_PARSE_JSON('bad')
TRY_PARSE_JSON('[1]')
TRY_PARSE_JSON('{"a":1,"a":2}')
TRY_PARSE_JSON('{"a":1,"a":2}', TRUE)
TRY_PARSE_JSON(CAST(NULL AS STRING))
JSON_STRING(PARSE_JSON('{"b":1,"a":[1.50,"x"]}'))
CAST(PARSE_JSON('1') AS INT)
CAST(PARSE_JSON('"x"') AS STRING)
PARSE_JSON('{"a":1}')['a']
PARSE_JSON('[1,2]')[1]
PARSE_JSON('null') IS NULL
