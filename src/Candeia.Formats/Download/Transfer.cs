using System.Net;
using System.Net.Http.Headers;

namespace Candeia;

/// <summary>One request to one mirror: receives what a partial file still lacks.</summary>
internal sealed class Transfer(HttpClient client, long mostBytes, TimeSpan patience, Action<long, long?> progress)
{
    const int BufferBytes = 1 << 17;

    /// <summary>Appends to the file, or writes it anew where the server does not send parts; returns when it is complete.</summary>
    /// <exception cref="TransferFault">The server or the network failed; the file keeps what came.</exception>
    public async Task ReceiveAsync(Uri mirror, FileStream part, CancellationToken cancel)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stalled.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, mirror);
            if (part.Length > 0) request.Headers.Range = new RangeHeaderValue(part.Length, null);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token).ConfigureAwait(false);
            long? total = Begin(response, part);
            if (total > mostBytes) throw new TransferFault($"the file has {total} bytes, more than the {mostBytes} it may have", permanent: true);
            if (part.Length == total) return;
            var body = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false)) await CopyAsync(body, part, total, stalled).ConfigureAwait(false);
            if (total is { } all && part.Length < all)
                throw new TransferFault($"the connection ended after {part.Length} of {all} bytes", permanent: false);
        }
        catch (HttpRequestException fault)
        {
            throw new TransferFault(fault.InnerException?.Message ?? fault.Message, permanent: false, inner: fault);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new TransferFault($"nothing came for {patience.TotalSeconds:0} seconds", permanent: false, inner: fault);
        }
    }

    // Moves the file's end to where the response goes on; returns the size of the whole.
    static long? Begin(HttpResponseMessage response, FileStream part)
    {
        var content = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.SetLength(0);
                return content.ContentLength;
            case HttpStatusCode.PartialContent when content.ContentRange is { From: { } from } range && from == part.Length:
                part.Seek(0, SeekOrigin.End);
                return range.Length;
            case HttpStatusCode.PartialContent:
                part.SetLength(0);
                throw new TransferFault("the server sent another part than was asked for", permanent: false);
            case HttpStatusCode.RequestedRangeNotSatisfiable when part.Length > 0:
                if (content.ContentRange?.Length == part.Length) return part.Length;
                part.SetLength(0);
                throw new TransferFault("the file has changed on the server", permanent: false);
            case var code:
                bool mayRecover = (int)code >= 500 || code is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
                throw new TransferFault($"the server answered {(int)code} {response.ReasonPhrase}", !mayRecover, response.Headers.RetryAfter?.Delta);
        }
    }

    async Task CopyAsync(Stream body, FileStream part, long? total, CancellationTokenSource stalled)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            stalled.CancelAfter(patience);
            int count = await ReadAsync(body, buffer, stalled.Token).ConfigureAwait(false);
            if (count == 0) return;
            if (part.Length + count > (total ?? mostBytes))
                throw new TransferFault("the server sent more than it announced, or than the file may have", permanent: true);
            await part.WriteAsync(buffer.AsMemory(0, count), stalled.Token).ConfigureAwait(false);
            progress(part.Length, total);
        }
    }

    // Only faults of the network become faults of the transfer: a full disk is another matter.
    static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(buffer, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw new TransferFault("the connection broke", permanent: false, inner: fault);
        }
    }
}
