using Candeia.Images;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>What a training says of itself while it runs, for <c>candeia watch</c> and TensorBoard.</summary>
static class EventFiles
{
    const int EveryBatches = 10;

    /// <summary>Writes into the folder <c>events</c> of a job's results, in place of what an earlier training has left there.</summary>
    /// <param name="folder">The results.</param>
    /// <param name="batch">A picture of what is learnt from.</param>
    public static TensorBoard Into(OutFolder folder, Image batch)
    {
        string events = Path.Combine(folder.Path, "events");
        if (Directory.Exists(events))
            foreach (string file in Directory.GetFiles(events, "events.out.tfevents.*", SearchOption.AllDirectories)) File.Delete(file);
        return new(events, EveryBatches) { Images = run => run.Epoch == 1 ? [("batch", batch.Encode())] : [] };
    }
}
