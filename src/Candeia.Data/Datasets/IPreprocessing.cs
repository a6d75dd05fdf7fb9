namespace Candeia.Data;

/// <summary>What is done to something before a network sees it, in a form that can be kept beside the network's weights.</summary>
public interface IPreprocessing
{
    /// <summary>Writes it into a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    void Save(string path);
}

/// <summary>
/// The way from what a user has, a picture, a text, rows of a table, to the numbers that a network takes, and back from what the network says. A
/// <c>TableEncoder</c> is one for tables, a <c>PictureInput</c> for pictures, a <c>TextEncoding</c> for texts.
/// </summary>
/// <typeparam name="TAsked">What a user has.</typeparam>
public interface IPreprocessing<in TAsked> : IPreprocessing
{
    /// <summary>What the network takes: [n, …], a part for each item.</summary>
    /// <param name="asked">One item, such as a picture, or several that belong together, such as the rows of a table.</param>
    Tensor Apply(TAsked asked);

    /// <summary>What the network has said, in the units of the user; as it is, unless the targets of the training were scaled.</summary>
    /// <param name="output">The outputs of the network, [n, …].</param>
    Tensor Answer(Tensor output) => output;
}
