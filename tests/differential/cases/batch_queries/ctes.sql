-- WITH.

CREATE TEMPORARY VIEW emp AS
SELECT * FROM (VALUES
  (1, 'ann', 10, 300, CAST(NULL AS INT)),
  (2, 'bob', 10, 200, 1),
  (3, 'cid', 20, 250, 1),
  (4, 'dan', 20, 250, 3),
  (5, 'eve', CAST(NULL AS INT), 100, 3),
  (6, 'fay', 40, CAST(NULL AS INT), 2)) AS t(id, name, dept, salary, manager)

CREATE TEMPORARY VIEW dept AS
SELECT * FROM (VALUES (10, 'sales', 'x'), (20, 'research', 'y'), (30, 'legal', 'x')) AS t(dept, title, place)

WITH x AS (SELECT dept, SUM(salary) AS s FROM emp GROUP BY dept) SELECT * FROM x WHERE s > 200

WITH x AS (SELECT id FROM emp), y AS (SELECT id + 1 AS id FROM x) SELECT x.id, y.id FROM x JOIN y ON x.id = y.id

WITH x (a, b) AS (SELECT id, name FROM emp) SELECT b FROM x WHERE a > 4

WITH x AS (SELECT 1 AS a) SELECT * FROM (WITH x AS (SELECT 2 AS a) SELECT * FROM x) UNION ALL SELECT * FROM x

WITH emp AS (SELECT 7 AS id) SELECT * FROM emp

WITH x AS (SELECT id FROM emp WHERE id < 3) SELECT a.id, b.id FROM x a, x b

WITH x AS (WITH y AS (SELECT MAX(salary) AS m FROM emp) SELECT name FROM emp, y WHERE salary = m) SELECT * FROM x

WITH x AS (SELECT dept FROM dept) SELECT name FROM emp WHERE dept IN (SELECT dept FROM x)

WITH x AS (SELECT dept FROM dept) SELECT name FROM emp e WHERE NOT EXISTS (SELECT 1 FROM x WHERE x.dept = e.dept)

WITH x AS (SELECT id FROM emp) SELECT COUNT(*) FROM (SELECT * FROM x UNION ALL SELECT * FROM x)

WITH x AS (SELECT id, salary FROM emp ORDER BY salary DESC NULLS LAST, id LIMIT 2) SELECT SUM(salary) FROM x

WITH x AS (VALUES (1, 'a'), (2, 'b')) SELECT * FROM x

WITH x AS (SELECT id FROM y), y AS (SELECT id FROM emp) SELECT * FROM x

WITH x (a) AS (SELECT id, name FROM emp) SELECT * FROM x
