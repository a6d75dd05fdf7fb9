namespace Candeia.Gpu;

/// <summary>What calls have launched: the next one that is like one before is launched without asking what it needs. Steps of a training are alike.</summary>
internal sealed class Recordings
{
    const int Most = 8192;
    readonly Dictionary<CallKey, Recording> _known = [];
    readonly CallKey _asked = new();

    /// <summary>How many calls were launched as one before.</summary>
    public long Replayed { get; private set; }

    /// <summary>Runs a call, as one before or by its kernel; false where there is none.</summary>
    public bool TryRun(GpuDevice device, in OpCall call)
    {
        var key = _asked.Of(call);
        try
        {
            if (_known.TryGetValue(key, out var known))
            {
                known.Replay(device, call, key.Storages);
                Replayed++;
                return true;
            }
            var recording = device.Recording = new Recording(call.Op, key.Storages, device.Flag);
            bool ran = OpKernels.TryRun(device, call);
            if (ran && recording.IsWhole && recording.Has(call))
            {
                if (_known.Count == Most) _known.Clear();
                _known[key.Copy()] = recording;
            }
            recording.Close();
            return ran;
        }
        finally
        {
            device.Recording = null;
            key.Forget();
        }
    }
}
