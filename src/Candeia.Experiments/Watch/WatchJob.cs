using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Candeia.Experiments;

/// <summary>Trainings on a page of their own, until it is stopped.</summary>
static class WatchJob
{
    /// <exception cref="UserException">There is no such folder, or the port is taken.</exception>
    public static Task RunAsync(string folder, int port, Action<string> started, CancellationToken cancel)
    {
        if (!Directory.Exists(folder)) throw new UserException($"There is no folder '{folder}' to watch; name one that a training writes to, such as runs.");
        var runs = new WatchedRuns(folder);
        return LocalPages.RunAsync(IPAddress.Loopback, port, _ => { }, routes =>
        {
            routes.MapPage("watch", "Trainings", typeof(WatchJob));
            routes.MapJson("/runs", http => runs.Read(Number(http, "version")), WatchJson.Default.WatchedState);
            routes.MapGet("/picture", (RequestDelegate)(http =>
            {
                if (runs.Picture(Number(http, "line"), http.Request.Query["tag"].ToString()) is { } picture && TypeOf(picture.Span) is { } type)
                {
                    http.Response.ContentType = type;
                    return http.Response.Body.WriteAsync(picture, http.RequestAborted).AsTask();
                }
                http.Response.StatusCode = 404;
                return Task.CompletedTask;
            }));
        }, started, cancel);
    }

    static int Number(HttpContext http, string name) => int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    // Whatever a file calls a picture, a browser is given nothing but pictures.
    static string? TypeOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : file.StartsWith("GIF8"u8) ? "image/gif" : null;
}

/// <summary>What the page of watch reads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WatchedState))]
sealed partial class WatchJson : JsonSerializerContext;
