using Candeia.Data;
using Candeia.Images;

namespace Candeia.Vision;

/// <summary>
/// What is done to any picture before a network sees it: resized, its middle, in gray or colours, its numbers scaled. It is kept beside the network
/// in a file.
/// </summary>
/// <param name="Size">Rows and columns of what the network sees.</param>
/// <param name="Channels">1 for gray, 3 for colours.</param>
/// <example><code>
/// var input = new PictureInput(64) { Normalize = Normalize.ImageNet };
/// Console.WriteLine(input.Apply(new Image(300, 200, PixelFormat.Rgb)).Shape);      // → [1, 3, 64, 64]
/// </code></example>
public sealed record PictureInput(int Size, int Channels = 3) : IPreprocessing<Image>
{
    /// <summary>How numbers from 0 to 1 are scaled; as they are, unless it is said.</summary>
    public Normalize? Normalize { get; init; }

    /// <summary>How many times larger than <see cref="Size"/> a picture is made before its middle is cut out; 1 keeps all of a square.</summary>
    public double Margin { get; init; } = 8 / 7.0;

    /// <summary>The same for data sets of pictures, [channels, height, width], with as many channels as the network takes.</summary>
    public Transform Transform
    {
        get
        {
            var numbers = new Resize((int)(Size * Margin)).Then(new CenterCrop(Size)).Then(new ToDtype(DType.Float32));
            return Normalize is null ? numbers : numbers.Then(Normalize);
        }
    }

    /// <summary>A picture as the network takes it: float32 [1, channels, size, size].</summary>
    /// <param name="asked">Any size; gray ones get colours and coloured ones lose them, as the network wants it.</param>
    public Tensor Apply(Image asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var plain = asked.To8Bit();
        return Transform.Apply((Channels == 1 ? plain.ToGray() : plain.ToRgb()).ToTensor(DType.UInt8)).Unsqueeze(0);
    }

    /// <summary>Writes it into a file, as JSON.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) =>
        WholeFile.Write(path, new SavedPictureInput(SavedPictureInput.Version, Size, Channels, Margin, Normalize?.Mean, Normalize?.Std).ToJson());

    /// <summary>What <see cref="Save"/> has written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The file is damaged, or something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PictureInput Load(string path) => SavedPictureInput.Read(path);
}
