using Candeia.Data;

namespace Candeia.Training;

/// <summary>A callback that knows the other processes that do the run together with this one.</summary>
internal interface IPeers
{
    /// <summary>Whether there are any.</summary>
    bool AreThere { get; }

    /// <summary>Whether this process is the first, which alone draws and writes.</summary>
    bool IsFirst { get; }

    /// <summary>The batches of an epoch, from one of them on, of which this process reads its own part; null where it reads all.</summary>
    IEnumerator<IBatch>? Own(Loader data, int from);

    /// <summary>A file of the first process, for all of them: the path of a file with the same bytes; null if the first has none there.</summary>
    string? Copy(string path);

    /// <summary>All are about to have the state of the run saved by the first.</summary>
    void BeforeSaving(Run run);

    /// <summary>The first is about to write the model, or more, and is waited for as long as that takes.</summary>
    void FirstWrites(Run run);
}
