-- Set operations and VALUES.

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

SELECT dept FROM emp UNION SELECT dept FROM dept

SELECT dept FROM emp UNION ALL SELECT dept FROM dept

SELECT dept FROM emp INTERSECT SELECT dept FROM dept

SELECT dept FROM emp INTERSECT ALL SELECT dept FROM emp WHERE salary >= 250

SELECT dept FROM emp EXCEPT SELECT dept FROM dept

SELECT dept FROM emp EXCEPT ALL SELECT dept FROM dept

SELECT dept FROM dept EXCEPT SELECT dept FROM emp

SELECT dept, salary FROM emp EXCEPT ALL SELECT dept, salary FROM emp WHERE id = 3

SELECT manager FROM emp UNION SELECT dept FROM emp

SELECT id FROM emp UNION SELECT CAST(dept AS BIGINT) FROM dept

SELECT name AS n FROM emp WHERE id < 3 UNION ALL SELECT title FROM dept

SELECT id FROM emp UNION SELECT dept FROM dept EXCEPT SELECT manager FROM emp

SELECT id FROM emp UNION SELECT dept FROM dept INTERSECT SELECT dept FROM emp

(SELECT id FROM emp UNION SELECT dept FROM dept) INTERSECT SELECT dept FROM emp

SELECT id FROM emp UNION ALL (SELECT dept FROM dept UNION SELECT dept FROM emp)

SELECT dept FROM emp UNION SELECT dept FROM dept ORDER BY dept

SELECT dept AS d FROM emp UNION SELECT dept FROM dept ORDER BY d DESC LIMIT 3

SELECT id, name FROM emp UNION ALL SELECT dept, title FROM dept ORDER BY 2, 1

(SELECT id FROM emp ORDER BY id LIMIT 2) UNION ALL (SELECT dept FROM dept ORDER BY dept DESC LIMIT 1)

SELECT d, COUNT(*) FROM (SELECT dept AS d FROM emp UNION ALL SELECT dept FROM dept) GROUP BY d

SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(x, y) INTERSECT SELECT * FROM (VALUES (2, 'b'), (3, 'c')) AS u(x, y)

SELECT * FROM (VALUES (1), (1), (2), (CAST(NULL AS INT)), (CAST(NULL AS INT))) AS t(x) EXCEPT ALL SELECT * FROM (VALUES (1), (CAST(NULL AS INT))) AS u(x)

SELECT * FROM (VALUES (1), (1), (2), (CAST(NULL AS INT)), (CAST(NULL AS INT))) AS t(x) INTERSECT ALL SELECT * FROM (VALUES (1), (1), (1), (CAST(NULL AS INT))) AS u(x)

VALUES (1, 'a'), (2, 'bb')

VALUES (1), (2) UNION SELECT 2

SELECT 1 AS x UNION SELECT 2.5

SELECT 'a' AS x UNION ALL SELECT 'bcd'

SELECT id FROM emp UNION SELECT name FROM emp

SELECT id FROM emp UNION SELECT id, name FROM emp

SELECT id FROM emp UNION ALL SELECT dept FROM dept ORDER BY dept

SELECT id FROM emp MINUS SELECT dept FROM dept
