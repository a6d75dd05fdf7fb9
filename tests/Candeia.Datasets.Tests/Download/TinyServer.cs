using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candeia.Datasets.Tests;

/// <summary>What the server does with one request.</summary>
/// <param name="Status">The line after HTTP/1.1.</param>
/// <param name="Body">What is announced.</param>
/// <param name="CutAfter">How much of it is sent before the connection breaks.</param>
/// <param name="Headers">Further lines.</param>
/// <param name="Silent">Never answers.</param>
sealed record Answer(string Status, byte[] Body, int? CutAfter = null, string[]? Headers = null, bool Silent = false);

/// <summary>HTTP on the loopback interface, one request a connection, that can be told to misbehave.</summary>
sealed class TinyServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Func<int, long?, Answer> answer;
    readonly Task loop;

    /// <param name="answer">From the number of the request, from 0, and the start of the range that it asks for.</param>
    public TinyServer(Func<int, long?, Answer> answer)
    {
        this.answer = answer;
        listener.Start();
        loop = Task.Run(ServeAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file.zip");

    public List<long?> Requests { get; } = [];

    /// <summary>A server that does everything right.</summary>
    public static Answer Proper(byte[] file, long? from) => from switch
    {
        null => new("200 OK", file),
        var f when f >= file.Length => new("416 Range Not Satisfiable", [], Headers: [$"Content-Range: bytes */{file.Length}"]),
        { } f => new("206 Partial Content", file[(int)f..], Headers: [$"Content-Range: bytes {f}-{file.Length - 1}/{file.Length}"]),
    };

    async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await ServeAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }

    async Task ServeAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stop.Token) == 1)
            request.Append((char)one[0]);
        string? range = request.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase));
        long? from = range is null ? null : long.Parse(range["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        Requests.Add(from);
        var a = answer(Requests.Count - 1, from);
        if (a.Silent) await Task.Delay(Timeout.Infinite, stop.Token);
        string[] lines = [$"HTTP/1.1 {a.Status}", $"Content-Length: {a.Body.Length}", "Connection: close", .. a.Headers ?? [], "", ""];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), stop.Token);
        await stream.WriteAsync(a.Body.AsMemory(0, a.CutAfter ?? a.Body.Length), stop.Token);
        await stream.FlushAsync(stop.Token);
    }

    public void Dispose()
    {
        stop.Cancel();
        loop.Wait();
        listener.Dispose();
        stop.Dispose();
    }
}
