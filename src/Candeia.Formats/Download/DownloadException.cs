namespace Candeia;

/// <summary>A file could not be fetched, or is not what it should be; the message says what was tried, and what can be done instead.</summary>
public sealed class DownloadException : IOException
{
    internal DownloadException(string message, Exception? inner = null) : base(message, inner) { }
}
