using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>
/// Which pictures of a test count where some files cannot be read: the next readable one stands for each of them, and neither may be tested twice nor after it was learnt from.
/// </summary>
/// <param name="folder">All pictures, of which those that cannot be read are known by now.</param>
/// <param name="order">The numbers of all pictures, those to learn from first.</param>
/// <param name="cut">How many are to learn from.</param>
sealed class UnreadPictures(ImageFolder folder, int[] order, int cut)
{
    // What stood in the training for what cannot be read.
    readonly HashSet<int> _learnt = [.. order[..cut].Where(i => IsBad(folder, i)).Select(i => Next(folder, i))];

    /// <summary>How many were learnt from.</summary>
    public int Trained { get; } = order[..cut].Count(i => !IsBad(folder, i));

    /// <summary>Whether a picture of the test is itself, and was not learnt from.</summary>
    /// <param name="index">Its place among those of the test.</param>
    public bool Counts(int index) => order[cut + index] is var i && !IsBad(folder, i) && !_learnt.Contains(i);

    static bool IsBad(ImageFolder folder, int index) => folder.Bad.ContainsKey(folder.Files[index]);

    static int Next(ImageFolder folder, int index)
    {
        for (int tried = 1; tried < folder.Count; tried++)
            if ((index + tried) % folder.Count is var next && !IsBad(folder, next)) return next;
        return index;
    }
}
