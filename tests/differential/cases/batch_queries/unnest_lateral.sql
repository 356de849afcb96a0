-- UNNEST and LATERAL.

CREATE TEMPORARY VIEW bag AS
SELECT id, ARRAY[id, id * 10] AS a, MAP['x', id, 'y', id + 1] AS m, ARRAY[ROW(id, 'p'), ROW(id + 1, 'q')] AS r
FROM (VALUES (1), (2)) AS t(id)

CREATE TEMPORARY VIEW holes AS
SELECT id, CASE WHEN id = 1 THEN ARRAY[1, 2] END AS a FROM (VALUES (1), (2)) AS t(id)

CREATE TEMPORARY VIEW other AS SELECT * FROM (VALUES (1, 'one'), (1, 'uno'), (3, 'three')) AS t(id, word)

SELECT id, e FROM bag CROSS JOIN UNNEST(a) AS u(e)

SELECT id, e FROM bag, UNNEST(a) AS u(e)

SELECT id, e, n FROM bag CROSS JOIN UNNEST(a) WITH ORDINALITY AS u(e, n)

SELECT id, k, v FROM bag CROSS JOIN UNNEST(m) AS u(k, v)

SELECT id, x, y FROM bag CROSS JOIN UNNEST(r) AS u(x, y)

SELECT id, u.* FROM bag, UNNEST(a) AS u

SELECT id, u.* FROM bag, UNNEST(m) AS u

SELECT id, e FROM holes LEFT JOIN UNNEST(a) AS u(e) ON TRUE

SELECT id, e FROM holes CROSS JOIN UNNEST(a) AS u(e)

SELECT id, e FROM bag LEFT JOIN UNNEST(a) AS u(e) ON e > 5

SELECT * FROM UNNEST(ARRAY[3, 1, 2]) AS u(e)

SELECT * FROM UNNEST(ARRAY[3, 1, 2])

SELECT * FROM UNNEST(ARRAY[3, 1, 2]) WITH ORDINALITY AS u(e, n)

SELECT id, SUM(e) FROM bag CROSS JOIN UNNEST(a) AS u(e) GROUP BY id

SELECT id, e, f FROM bag CROSS JOIN UNNEST(a) AS u(e) CROSS JOIN UNNEST(a) AS w(f) WHERE e < f

SELECT id, c, e FROM (SELECT id, COLLECT(word) AS c FROM other GROUP BY id) CROSS JOIN UNNEST(c) AS u(e) WHERE id = 1

SELECT b.id, l.word FROM bag b, LATERAL (SELECT word FROM other o WHERE o.id = b.id) AS l

SELECT b.id, l.word FROM bag b LEFT JOIN LATERAL (SELECT word FROM other o WHERE o.id = b.id) AS l ON TRUE

SELECT b.id, l.n FROM bag b, LATERAL (SELECT COUNT(*) AS n FROM other o WHERE o.id = b.id) AS l

SELECT b.id, l.n FROM bag b LEFT JOIN LATERAL (SELECT MAX(word) AS n FROM other o WHERE o.id = b.id) AS l ON TRUE

SELECT b.id, l.word FROM bag b CROSS JOIN LATERAL (SELECT word FROM other WHERE id = 3) AS l

SELECT b.id, l.word FROM bag b JOIN LATERAL (SELECT word, id FROM other o WHERE o.id >= b.id) AS l ON l.id > 1

SELECT id, a[1], m['x'], r[2].EXPR$1 FROM bag

SELECT id, e FROM bag, UNNEST(id) AS u(e)

SELECT id FROM bag, UNNEST(nope) AS u(e)
