// The server of the pages puts the settings in front; all that autocapture finds is on.
amplitude.init(settings.apiKey, {
  serverUrl: settings.serverUrl,
  fetchRemoteConfig: false,
  flushIntervalMillis: 100,
  enableRequestBodyCompression: true,
  autocapture: {
    attribution: true,
    elementInteractions: true,
    fileDownloads: true,
    formInteractions: true,
    frustrationInteractions: true,
    pageViews: true,
    sessions: true,
    webVitals: true,
  },
});
