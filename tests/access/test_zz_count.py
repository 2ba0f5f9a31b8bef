import time, re
from collections import Counter
from kumppani.demo import story
from tests import crawl as module
from kumppani.kernel import clock
from tests.builders import NOON
def test_count(transactional_db, tmp_path, settings):
    settings.FILES_FOLDER, settings.SNAPSHOT_FOLDER = tmp_path / "files", tmp_path / "snapshots"
    real=module._read; spent=Counter(); n=Counter(); cpu=Counter()
    def timed(client,address):
        t=time.perf_counter(); c=time.process_time(); r=real(client,address)
        k=re.sub(r"^/(embed/)?(fi|sv|en)/p/harjoitus",r"\1L",address.split("?")[0]).split("/"); k="/".join(k[:4] if "api" in address else k[:2])
        spent[k]+=time.perf_counter()-t; n[k]+=1; cpu[k]+=time.process_time()-c
        return r
    module._read=timed
    with clock.stopped_at(NOON):
        t=time.perf_counter(); story.build(); print("build",time.perf_counter()-t)
        t=time.perf_counter(); c=time.process_time(); found=module.crawl(story.KEY,["/fi/p/harjoitus/search/?q=vesi"]); print(len(found), time.perf_counter()-t, time.process_time()-c)
        for k,v in spent.most_common(25): print(round(v,1),round(cpu[k],1),n[k],k)
    module._read=real
