using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Candeia.Serving;

/// <summary>A server of the tool's own: what is not asked for is not in it, neither files of settings nor signals.</summary>
sealed class LocalServer : IAsyncDisposable
{
    static readonly TimeSpan s_drain = TimeSpan.FromSeconds(30), s_patience = TimeSpan.FromSeconds(3);

    readonly WebApplication _app;
    readonly CancellationTokenSource _late;

    LocalServer(WebApplication app, CancellationTokenSource late) => (_app, _late) = (app, late);

    /// <summary>Where it answers, such as <c>http://127.0.0.1:8080</c>.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Begins to answer.</summary>
    /// <param name="host">The address to listen at; of the loopback, requests under other names are refused, so that no page of elsewhere reaches it by a name of its own.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="services">Adds what answers.</param>
    /// <param name="map">Adds where.</param>
    /// <param name="drain">How long it waits at its end for what it has taken; half a minute unless it is said.</param>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    public static async Task<LocalServer> StartAsync(
        IPAddress host, int port, Action<IServiceCollection> services, Action<IEndpointRouteBuilder> map, TimeSpan? drain = null)
    {
        var late = new CancellationTokenSource();
        var builder = WebApplication.CreateEmptyBuilder(new());
        // Nothing here blocks a thread, so what comes next is done by the thread that is there: handing it over to another costs more than most answers.
        builder.WebHost.UseKestrelCore().UseSockets(o => o.UnsafePreferInlineScheduling = true).ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxConcurrentConnections = 4096;
            o.Listen(host, port, l => l.Use(next => connection => CutAsync(connection, next, late.Token)));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = drain ?? s_drain);
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);      // who starts it says why it did not start
        services(builder.Services);
        var app = builder.Build();
        app.Lifetime.ApplicationStopping.Register(() => late.CancelAfter(s_patience));
        try
        {
            app.Use(Answer);
            if (IPAddress.IsLoopback(host)) app.Use(Named);
            map(app);
            await app.StartAsync().ConfigureAwait(false);
            return new(app, late);
        }
        catch (Exception fault)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            late.Dispose();
            if (fault is SocketException) throw new IOException(fault.Message, fault);
            throw;
        }
    }

    /// <summary>Answers what has come, takes nothing more, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _late.Dispose();
    }

    /// <summary>Cuts a connection that is not being answered when the server has begun to stop a moment ago: whoever has sent half a head by then may never send the rest.</summary>
    static async Task CutAsync(ConnectionContext connection, ConnectionDelegate next, CancellationToken late)
    {
        var answering = new Answering();
        connection.Features.Set(answering);
        using var cut = late.Register(() => { if (!answering.Now) connection.Abort(); });
        await next(connection).ConfigureAwait(false);
    }

    static async Task Answer(HttpContext http, RequestDelegate next)
    {
        var answering = http.Features.Get<Answering>();
        answering?.Now = true;
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            answering?.Now = false;
        }
    }

    static Task Named(HttpContext http, RequestDelegate next)
    {
        string name = http.Request.Host.Host;
        if (name == "localhost" || IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)) return next(http);
        http.Response.StatusCode = 421;
        return CandeiaEndpoints.Text(http, "text/plain; charset=utf-8", "This server answers under the names localhost and 127.0.0.1.\n");
    }

    /// <summary>Whether a connection has a request that is being answered.</summary>
    sealed class Answering
    {
        public volatile bool Now;
    }

    /// <summary>Signals are the tool's.</summary>
    sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
