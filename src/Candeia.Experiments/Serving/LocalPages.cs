using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using Candeia.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Candeia.Experiments;

/// <summary>Servers that the tool runs until it is stopped.</summary>
static class LocalPages
{
    /// <summary>Answers until it is stopped, and then still what has come.</summary>
    /// <param name="host">The address to listen at.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="services">Adds what answers.</param>
    /// <param name="map">Adds where.</param>
    /// <param name="started">Is told the address.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="UserException">The port is taken, or may not be used.</exception>
    public static async Task RunAsync(
        IPAddress host, int port, Action<IServiceCollection> services, Action<IEndpointRouteBuilder> map, Action<string> started, CancellationToken cancel)
    {
        LocalServer server;
        try
        {
            server = await LocalServer.StartAsync(host, port, services, map).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new UserException($"The port {port} of {host} cannot be used ({(fault.InnerException ?? fault).Message.TrimEnd('.')}); choose another one with --port.", fault);
        }
        await using (server.ConfigureAwait(false))
        {
            started(server.Url);
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    /// <summary>A page at <c>/</c>, of the resources of an assembly.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string name, string title, Type owner)
    {
        string page = LocalPage.Of(name, title, [], owner);
        routes.MapGet("/", (RequestDelegate)(http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync(page, http.RequestAborted);
        }));
    }

    /// <summary>What a page reads at an address: a value as JSON, or 404 where there is none.</summary>
    public static void MapJson<T>(this IEndpointRouteBuilder routes, string address, Func<HttpContext, T?> value, JsonTypeInfo<T> type) where T : class =>
        routes.MapGet(address, (RequestDelegate)(http =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (value(http) is { } found) return http.Response.WriteAsJsonAsync(found, type, cancellationToken: http.RequestAborted);
            http.Response.StatusCode = 404;
            return http.Response.WriteAsync("""{"error":"There is nothing of this name here."}""", http.RequestAborted);
        }));

    /// <summary>Shows an address in the user's browser; where there is none, the user has read it.</summary>
    public static void Open(string address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or PlatformNotSupportedException or IOException)
        {
        }
    }
}
