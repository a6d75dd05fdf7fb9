namespace Candeia.Serving;

/// <summary>A request that is not answered, with the status that HTTP has for it.</summary>
sealed class RefusedException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status => status;

    /// <summary>The request is not what it should be.</summary>
    public static RefusedException Malformed(string message, Exception? inner = null) => new(400, message, inner);
}
