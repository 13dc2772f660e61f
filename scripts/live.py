"""The health check of the web container: `live.py ADDRESS` ends with an error unless the portal answers there.

It asks under the portal's own name, since no other host is served.
"""

import os
import sys
import urllib.request

host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
request = urllib.request.Request(f"{sys.argv[1]}/health/live", headers={"Host": host})
urllib.request.urlopen(request, timeout=5).close()
