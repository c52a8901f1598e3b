import time, cProfile, pstats, pytest
from datetime import date, timedelta
from tests.imports.conftest import *
from tests.imports.conftest import xlsx, citizen, PEOPLE, VISITS
pytestmark = pytest.mark.django_db
def test_perf(bring):
    rows=[["张三"+"甲乙丙丁戊己庚辛壬癸"[n%10], citizen(n%1000, f"19{50+n//1000:02d}0101"), "13800%06d"%n, "2024-01-01"] for n in range(2000)]
    b=xlsx(居民=[PEOPLE,*rows])
    for commit in (True,):
        t=time.time(); r=bring("residents",b,commit=commit); print("residents",time.time()-t, r.totals, r.problems[:3])
    t=time.time(); r=bring("residents",b,commit=commit); print("again",time.time()-t, r.totals, r.problems[:3])
    v=[VISITS]+[[date(2025,1,1)+timedelta(days=n%300), rows[n][0], rows[n][1], "入户","李梅","身体尚可"] for n in range(2000)]
    b=xlsx(走访=v)
    pr=cProfile.Profile()
    t=time.time(); r=bring("visits",b); print("visits",time.time()-t, r.totals, r.problems[:3])
    t=time.time();  r=bring("visits",b);  print("visits again",time.time()-t, r.totals, r.problems[:3])

