namespace Candeia;

/// <summary>Why a mirror did not deliver.</summary>
internal sealed class TransferFault(string reason, bool permanent, TimeSpan? wait = null, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Whether asking this mirror again is of no use.</summary>
    public bool Permanent => permanent;

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? Wait => wait;
}
