using System.Net;
using System.Net.Sockets;

namespace Candeia.Repository.Tests;

/// <summary>The site of the documentation: that it is built without a link that leads nowhere, and that a page of each kind fits the window and can be read.</summary>
public class SiteTests
{
    static readonly string[] s_pages =
    [
        "index.html", "gallery.html", "guide/training.html", "guide/performance.html", "guide/what-if.html", "guide/your-own-data.html", "tutorials/gan.html", "api/Candeia.html", "api/Candeia.NN.Adam.html",
    ];

    [SkippableFact]
    public async Task It_is_built_and_its_pages_are_looked_at()
    {
        string asked = Environment.GetEnvironmentVariable("CANDEIA_SITE") ?? "";
        Skip.If(asked == "", "building the site takes minutes: CANDEIA_SITE=1 asks for it, or names a folder that has it");
        Browser.SkipWithout();
        Skip.If(OperatingSystem.IsWindows(), "a script of Unix");
        string site = Path.GetFullPath(asked);
        if (!Directory.Exists(site))
        {
            var (code, output, error) = Checkout.Run(Checkout.Root, "sh", "eng/site");
            Skip.If(error.Contains("docfx could not be restored", StringComparison.Ordinal), "docfx could not be restored");
            Assert.True(code == 0, output + error);
            site = Path.Combine(Checkout.Root, "artifacts", "site");
        }
        using var server = new Files(site);
        List<string> faults = [];
        foreach (string page in s_pages)
        {
            Assert.True(File.Exists(Path.Combine(site, page)), page);
            faults.AddRange(await Looks.AllFaultsAsync(new Uri(server.Address, page), $"site-{Path.GetFileNameWithoutExtension(page)}", browser => browser.UntilAsync("document.querySelector('#navbar a, nav a, .navbar a')"), reload: true));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>A folder over HTTP: a browser lets no script of a file read another file.</summary>
    sealed class Files : IDisposable
    {
        static readonly Dictionary<string, string> s_types = new()
        {
            [".html"] = "text/html", [".js"] = "text/javascript", [".css"] = "text/css", [".json"] = "application/json", [".svg"] = "image/svg+xml", [".png"] = "image/png", [".woff2"] = "font/woff2",
        };

        readonly HttpListener _listener = new();
        readonly string _folder;

        public Files(string folder)
        {
            _folder = Path.GetFullPath(folder);
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            }
            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = AnswerAsync();
        }

        public Uri Address { get; }

        public void Dispose() => _listener.Close();

        async Task AnswerAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext asked;
                try { asked = await _listener.GetContextAsync(); }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
                string file = Path.GetFullPath(Path.Combine(_folder, Uri.UnescapeDataString(asked.Request.Url!.AbsolutePath).TrimStart('/')));
                try
                {
                    if (!file.StartsWith(_folder, StringComparison.Ordinal) || !File.Exists(file)) asked.Response.StatusCode = 404;
                    else
                    {
                        asked.Response.ContentType = s_types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream");
                        await asked.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
                    }
                    asked.Response.Close();
                }
                catch (HttpListenerException) { }                              // who asked has gone away
            }
        }
    }
}
