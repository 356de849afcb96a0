-- Joins of two tables and more, and how their columns are named.

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

SELECT name, title FROM emp JOIN dept ON emp.dept = dept.dept

SELECT name, title FROM emp INNER JOIN dept ON emp.dept = dept.dept AND salary > 220

SELECT name, title FROM emp LEFT JOIN dept ON emp.dept = dept.dept

SELECT name, title FROM emp LEFT OUTER JOIN dept ON emp.dept = dept.dept AND place = 'x'

SELECT name, title FROM emp RIGHT JOIN dept ON emp.dept = dept.dept

SELECT name, title FROM emp FULL OUTER JOIN dept ON emp.dept = dept.dept

SELECT name, title FROM emp CROSS JOIN dept

SELECT name, title FROM emp, dept WHERE emp.dept = dept.dept

SELECT name, title FROM emp, dept

SELECT * FROM emp JOIN dept USING (dept)

SELECT * FROM emp LEFT JOIN dept USING (dept)

SELECT * FROM emp FULL JOIN dept USING (dept)

SELECT * FROM emp RIGHT JOIN dept USING (dept)

SELECT * FROM emp NATURAL JOIN dept

SELECT * FROM emp NATURAL LEFT JOIN dept

SELECT dept, name, title FROM emp FULL JOIN dept USING (dept)

SELECT emp.dept, dept.dept FROM emp FULL JOIN dept USING (dept)

SELECT * FROM emp JOIN dept ON emp.dept = dept.dept

SELECT e.*, d.title FROM emp AS e JOIN dept AS d ON e.dept = d.dept

SELECT d.*, e.id FROM emp e JOIN dept d ON e.dept = d.dept

SELECT a.name, b.name FROM emp a JOIN emp b ON a.manager = b.id

SELECT a.name, b.name, c.name FROM emp a JOIN emp b ON a.manager = b.id JOIN emp c ON b.manager = c.id

SELECT a.name, b.name, c.name FROM emp a LEFT JOIN emp b ON a.manager = b.id LEFT JOIN emp c ON b.manager = c.id

SELECT a.name, b.name FROM emp a JOIN emp b ON a.salary > b.salary

SELECT a.name, b.name FROM emp a JOIN emp b ON a.salary = b.salary AND a.id < b.id

SELECT a.name, b.name FROM emp a LEFT JOIN emp b ON a.dept = b.dept AND a.salary < b.salary

SELECT a.name, d.title, b.name FROM emp a JOIN dept d ON a.dept = d.dept LEFT JOIN emp b ON a.manager = b.id

SELECT a.name, t.title FROM emp a JOIN (SELECT dept, title FROM dept WHERE place = 'x') AS t ON a.dept = t.dept

SELECT t.n, d.title FROM (SELECT dept, COUNT(*) AS n FROM emp GROUP BY dept) t JOIN dept d ON t.dept = d.dept

SELECT d.title, COUNT(e.id), SUM(e.salary) FROM dept d LEFT JOIN emp e ON d.dept = e.dept GROUP BY d.title

SELECT id0 FROM (SELECT * FROM emp a JOIN emp b ON a.manager = b.id)

SELECT e.name FROM emp e JOIN (VALUES (10), (40)) AS v(d) ON e.dept = v.d

SELECT name FROM emp JOIN dept ON TRUE WHERE emp.dept = dept.dept

SELECT name, title FROM emp LEFT JOIN dept ON emp.dept = dept.dept WHERE title IS NULL

SELECT name, title FROM emp LEFT JOIN dept ON emp.dept = dept.dept AND dept.place = 'y' WHERE emp.id < 4

SELECT a.id, b.id FROM emp a FULL JOIN emp b ON a.id = b.manager

SELECT a.id, b.id FROM emp a JOIN emp b ON a.dept IS NOT DISTINCT FROM b.dept

SELECT a.id, b.id FROM emp a JOIN emp b ON a.dept = b.dept OR a.manager = b.id

SELECT a.id, x.title, y.title FROM emp a, dept x, dept y WHERE a.dept = x.dept AND x.place = y.place

SELECT a.name, b.title FROM (emp a JOIN dept b ON a.dept = b.dept)

SELECT c.id, a.name FROM emp c JOIN (emp a JOIN dept b ON a.dept = b.dept) ON c.manager = a.id

SELECT dept FROM emp, dept

SELECT nope FROM emp JOIN dept ON emp.dept = dept.dept

SELECT x.name FROM emp JOIN dept ON emp.dept = dept.dept

SELECT name FROM emp JOIN dept ON emp.id

SELECT name FROM emp JOIN dept USING (nope)

SELECT name FROM emp JOIN dept ON emp.dept = dept.title
