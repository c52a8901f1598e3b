// Nobody is signed in: what this phone may read without network goes. What waits to be sent stays sealed.
self.OfflineStore.forget().catch(function () {}); // nothing is kept here
