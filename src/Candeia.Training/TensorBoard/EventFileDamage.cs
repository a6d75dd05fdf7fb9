namespace Candeia.Training;

/// <summary>What is wrong with an event file.</summary>
public enum EventFileDamage
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Bytes follow the last record that are too few to begin one.</summary>
    TrailingBytes,
    /// <summary>The last record is cut off: it may still be being written.</summary>
    Truncated,
    /// <summary>The length of a record does not match its checksum.</summary>
    LengthChecksum,
    /// <summary>A record does not match its checksum.</summary>
    DataChecksum,
    /// <summary>A record with the right checksum is not what a record of this kind can be.</summary>
    Message,
}
