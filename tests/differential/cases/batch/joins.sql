SELECT id, dname FROM emp JOIN dept ON dept = did

SELECT id, dname FROM emp, dept WHERE dept = did AND pay > 2500

SELECT id, dname FROM emp LEFT JOIN dept ON dept = did

SELECT id, dname FROM emp RIGHT JOIN dept ON dept = did

SELECT id, dname FROM emp FULL JOIN dept ON dept = did

SELECT id, dname FROM emp LEFT JOIN dept ON dept = did AND region = 'north'

SELECT id, dname FROM emp FULL JOIN dept ON dept = did AND pay > 2500

SELECT id, did FROM emp CROSS JOIN dept

SELECT id, did FROM emp JOIN dept ON dept < did

SELECT id, did FROM emp LEFT JOIN dept ON dept > did

SELECT id, did FROM emp RIGHT JOIN dept ON dept > did

SELECT a.id, b.id FROM emp a JOIN emp b ON a.dept = b.dept AND a.id < b.id

SELECT a.id, b.id FROM emp a JOIN emp b ON a.dept IS NOT DISTINCT FROM b.dept

SELECT * FROM (SELECT id, dept AS did FROM emp) JOIN dept USING (did)

SELECT * FROM (SELECT id, dept AS did FROM emp) NATURAL JOIN dept

SELECT id, dname, x.a FROM emp JOIN dept ON dept = did JOIN l AS x ON x.a = id

SELECT id FROM emp JOIN dept ON CAST(dept AS BIGINT) = did

SELECT e.id, t.cnt FROM emp e, LATERAL (SELECT COUNT(*) AS cnt FROM l WHERE l.a = e.id) AS t

SELECT d.did, t.name FROM dept d LEFT JOIN LATERAL (SELECT name FROM emp WHERE dept = d.did) AS t ON TRUE

SELECT d.did, t.name FROM dept d, LATERAL (SELECT name, pay FROM emp WHERE dept = d.did ORDER BY pay DESC LIMIT 1) AS t
