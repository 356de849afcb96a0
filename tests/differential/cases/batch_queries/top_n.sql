-- The first rows of each group.

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

SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY salary DESC, id) AS rn FROM emp) WHERE rn <= 1

SELECT id, dept FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY salary DESC, id) AS rn FROM emp) WHERE rn <= 2

SELECT id, r FROM (SELECT *, RANK() OVER (ORDER BY salary DESC) AS r FROM emp) WHERE r <= 2

SELECT id, r FROM (SELECT *, DENSE_RANK() OVER (ORDER BY salary DESC) AS r FROM emp) WHERE r <= 2

SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY salary DESC, id) AS rn FROM emp) WHERE rn BETWEEN 2 AND 3

SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY salary DESC, id) AS rn FROM emp) WHERE rn = 2

SELECT dept, id FROM (SELECT id, dept, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY id) AS rn FROM emp) WHERE rn = 1 AND dept IS NOT NULL

SELECT id, dept FROM (SELECT id, dept, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY id DESC) AS rn FROM emp) WHERE rn = 1

SELECT id FROM (SELECT id, dept, RANK() OVER (PARTITION BY dept ORDER BY salary) AS a, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY id) AS b FROM emp) WHERE a = 1 AND b = 1

SELECT t.title, e.name FROM dept t JOIN (SELECT *, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY salary DESC, id) AS rn FROM emp) e ON t.dept = e.dept WHERE e.rn = 1

SELECT * FROM (SELECT dept, s, ROW_NUMBER() OVER (ORDER BY s DESC, dept) AS rn FROM (SELECT dept, SUM(salary) AS s FROM emp GROUP BY dept)) WHERE rn <= 2
