using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Candeia.Serving;

/// <summary>The bytes of a request. Memory grows with what has come, not with what is said to come, and what all requests hold together is bounded.</summary>
sealed class RequestBody : IDisposable
{
    const int First = 16 << 10;

    readonly HeldBytes _held;
    byte[] _bytes;
    int _length;

    RequestBody(HeldBytes held)
    {
        _held = held;
        held.Take(First);
        _bytes = ArrayPool<byte>.Shared.Rent(First);
    }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads all of it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="held">What all requests hold together.</param>
    /// <param name="late">Cuts the connection of who has not sent all of it by then.</param>
    /// <exception cref="RefusedException">It is too long, compressed, or there is no room for it.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext http, int most, HeldBytes held, CancellationToken late)
    {
        var request = http.Request;
        if (request.Headers.ContentEncoding.Count > 0) throw new RefusedException(415, "Requests are taken as they are, not compressed.");
        if (request.ContentLength > most) throw TooLong(most);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        var body = new RequestBody(held);
        CancellationTokenRegistration cut = default;
        try
        {
            while (true)
            {
                if (body._length == body._bytes.Length) body.Grow(most);
                var reading = request.Body.ReadAsync(body._bytes.AsMemory(body._length), CancellationToken.None);      // who goes away ends it
                if (!reading.IsCompleted && cut == default) cut = late.Register(http.Abort);
                int read = await reading.ConfigureAwait(false);
                if (read == 0) return body;
                body._length += read;
                if (body._length > most) throw TooLong(most);
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
        finally
        {
            await cut.DisposeAsync().ConfigureAwait(false);
        }
    }

    static RefusedException TooLong(int most) => new(413, $"A request has at most {most} bytes here.");

    void Grow(int most)
    {
        int size = (int)Math.Min(2L * _bytes.Length, most + 1L);
        _held.Take(size - _bytes.Length);
        byte[] larger = ArrayPool<byte>.Shared.Rent(size), smaller = _bytes;
        smaller.AsSpan(0, _length).CopyTo(larger);
        _bytes = larger;
        _held.Take(larger.Length - size, always: true);
        ArrayPool<byte>.Shared.Return(smaller);
    }

    public void Dispose()
    {
        if (_bytes.Length == 0) return;
        _held.Give(_bytes.Length);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}

/// <summary>How many bytes of requests are held now.</summary>
sealed class HeldBytes(long most)
{
    long _held;

    /// <exception cref="RefusedException">There is no room for them.</exception>
    public void Take(int bytes, bool always = false)
    {
        if (Interlocked.Add(ref _held, bytes) <= most || always) return;
        Interlocked.Add(ref _held, -bytes);
        throw new RefusedException(429, "The server has no room for another request of this size. Ask again in a moment.");
    }

    public void Give(int bytes) => Interlocked.Add(ref _held, -bytes);
}
