SELECT k, COUNT(*) FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) AS t(k, v) GROUP BY k

SELECT k, SUM(v), COUNT(v), MIN(v), MAX(v), AVG(v) FROM (VALUES ('a', 1), ('b', 2), ('a', 4), ('a', 4)) AS t(k, v) GROUP BY k

SELECT COUNT(*), SUM(v) FROM (VALUES (1), (2), (3)) AS t(v)

SELECT COUNT(*), SUM(v) FROM (VALUES (1), (2), (3)) AS t(v) WHERE v > 5

SELECT k, SUM(v) FROM (VALUES ('a', CAST(NULL AS INT)), ('a', 1), ('a', CAST(NULL AS INT))) AS t(k, v) GROUP BY k

SELECT k, COUNT(v), AVG(v) FROM (VALUES ('a', CAST(NULL AS INT)), ('a', 1), ('a', 2)) AS t(k, v) GROUP BY k

SELECT k, MIN(v) FROM (VALUES ('a', 5), ('a', 7), ('a', 3), ('a', 3)) AS t(k, v) GROUP BY k

SELECT k, COUNT(DISTINCT v), SUM(DISTINCT v) FROM (VALUES ('a', 1), ('a', 1), ('a', 2), ('b', 1)) AS t(k, v) GROUP BY k

SELECT k, COUNT(*) FILTER (WHERE v > 1), SUM(v) FILTER (WHERE v < 3) FROM (VALUES ('a', 1), ('a', 2), ('a', 3)) AS t(k, v) GROUP BY k

SELECT c, COUNT(*) FROM (SELECT k, COUNT(*) AS c FROM (VALUES ('a'), ('b'), ('a'), ('b'), ('b')) AS t(k) GROUP BY k) GROUP BY c

SELECT MAX(s), MIN(s), COUNT(*) FROM (SELECT k, SUM(v) AS s FROM (VALUES ('a', 1), ('b', 5), ('a', 7), ('b', -4)) AS t(k, v) GROUP BY k)

SELECT AVG(s) FROM (SELECT k, SUM(v) AS s FROM (VALUES ('a', 1), ('b', 5), ('a', 7), ('b', -4)) AS t(k, v) GROUP BY k)

SELECT k, SUM(v) AS s FROM (VALUES ('a', 1), ('b', 5), ('a', 7)) AS t(k, v) GROUP BY k HAVING SUM(v) > 4

SELECT k, COUNT(*) AS c FROM (VALUES ('a'), ('a'), ('a')) AS t(k) GROUP BY k HAVING COUNT(*) < 3

SELECT DISTINCT k FROM (VALUES ('a'), ('b'), ('a')) AS t(k)

SELECT v, k FROM (VALUES ('a', 1), ('b', 2)) AS t(k, v) WHERE v = 2

SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS t(k, v)

SELECT k FROM (VALUES ('a'), ('b')) AS t(k) UNION ALL SELECT k FROM (VALUES ('c')) AS u(k)

SELECT v % 2, SUM(v) FROM (VALUES (1), (2), (3)) AS t(v) GROUP BY v % 2

SELECT k, SUM(v) * 1.0 / SUM(w) FROM (VALUES ('a', 10, 4), ('a', 5, 2)) AS t(k, v, w) GROUP BY k

SELECT k, SUM(v) * 1.0 / SUM(w) AS speed FROM (VALUES ('a', CAST(10 AS BIGINT), CAST(4 AS BIGINT)), ('a', CAST(5 AS BIGINT), CAST(3 AS BIGINT))) AS t(k, v, w) GROUP BY k

SELECT SUM(v), AVG(v) FROM (VALUES (CAST(1.5 AS DECIMAL(5, 2))), (CAST(2.25 AS DECIMAL(5, 2)))) AS t(v)

SELECT SUM(v), AVG(v), MIN(v), MAX(v) FROM (VALUES (CAST(1.5 AS DOUBLE)), (CAST(2.25 AS DOUBLE))) AS t(v)

SELECT SUM(v), AVG(v) FROM (VALUES (CAST(1 AS TINYINT)), (CAST(127 AS TINYINT))) AS t(v)

SELECT SUM(v) FROM (VALUES (2147483647), (1)) AS t(v)

SELECT MIN(k), MAX(k) FROM (VALUES ('b'), ('a'), ('c')) AS t(k)

SELECT MIN(d), MAX(d) FROM (VALUES (DATE '2020-01-02'), (DATE '2020-01-01')) AS t(d)

SELECT k, v, COUNT(*) FROM (VALUES ('a', 1), ('a', 1), ('a', 2)) AS t(k, v) GROUP BY k, v

SELECT CAST(k AS STRING) AS s, COUNT(*) AS c FROM (VALUES (CAST(NULL AS INT)), (1), (CAST(NULL AS INT))) AS t(k) GROUP BY k

SELECT k, COUNT(*) FROM (VALUES ('a', 1)) AS t(k, v)

SELECT k, SUM(k) FROM (VALUES ('a', 1)) AS t(k, v) GROUP BY k

SELECT nosuch FROM (VALUES ('a', 1)) AS t(k, v)

SELECT * FROM nosuch

SELECT k FROM (VALUES ('a', 1)) AS t(k, v) WHERE v

SELEC 1

WITH w AS (SELECT k, v FROM (VALUES ('a', 1), ('b', 2)) AS t(k, v)) SELECT k, v + 1 AS n FROM w WHERE v > 0

SELECT CASE WHEN v > 1 THEN 'many' ELSE 'one' END AS size, COUNT(*) FROM (VALUES (1), (2), (3)) AS t(v) GROUP BY CASE WHEN v > 1 THEN 'many' ELSE 'one' END

SELECT t.k, t.v FROM (VALUES ('a', 1)) AS t(k, v)

SELECT SUM(a) AS a, SUM(a) AS b, SUM(a) + 1 AS c FROM (VALUES (1), (2)) AS t(a)

SELECT k, SUM(v) FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'a', 2 UNION ALL SELECT 'b', 3) GROUP BY k
