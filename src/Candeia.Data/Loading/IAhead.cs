namespace Candeia.Data;

/// <summary>Batches that are made ahead.</summary>
internal interface IAhead
{
    /// <summary>Whether the batch that was handed out last had been there when it was asked for; otherwise it was waited for.</summary>
    bool WasReady { get; }
}
