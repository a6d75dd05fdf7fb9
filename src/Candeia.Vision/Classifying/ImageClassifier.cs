using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>What a network takes a picture for.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Probability">How sure it is, 0 to 1.</param>
public sealed record Guess(string Class, double Probability);

/// <summary>
/// A network that names what is on pictures, with all that it takes to use it: the names of its classes, and what is done to a picture before. In a
/// folder these are <c>model.safetensors</c> and <c>classifier.json</c>.
/// </summary>
public sealed class ImageClassifier
{
    /// <summary>A classifier around a network of the table.</summary>
    /// <param name="model">The name of the network, one of <see cref="VisionModels.Names"/>.</param>
    /// <param name="classes">The names of the classes, in the order of the network's outputs.</param>
    /// <param name="size">Rows and columns of what the network sees.</param>
    /// <exception cref="ArgumentException">There is no such network, or there are no classes.</exception>
    public ImageClassifier(string model, IReadOnlyList<string> classes, int size = 224)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0) throw new ArgumentException("A classifier needs at least one class.", nameof(classes));
        if (size is < 16 or > 4096) throw new ArgumentOutOfRangeException(nameof(size), $"A network sees pictures of 16 to 4096 pixels, not of {size}.");
        (Model, Classes, Size, Network) = (model, [.. classes], size, VisionModels.Create(model, classes.Count));
    }

    /// <summary>The name of the network.</summary>
    public string Model { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Rows and columns of what the network sees.</summary>
    public int Size { get; }

    /// <summary>The network.</summary>
    public Layer Network { get; }

    /// <summary>What is done to a picture before the network sees it: resized, the middle, numbers as for ImageNet.</summary>
    public Transform Preprocess => Input.Transform;

    PictureInput Input => new(Size) { Normalize = Normalize.ImageNet };

    /// <summary>The usual changes of pictures to learn from.</summary>
    /// <param name="minScale">The smallest part of a picture that is shown.</param>
    public Transform Augment(double minScale = 0.35) => new RandomResizedCrop(Size, minScale).Then(new RandomHorizontalFlip()).Then(new ColorJitter(0.2, 0.2, 0.2)).Then(Numbers);

    static Transform Numbers => new ToDtype(DType.Float32).Then(Normalize.ImageNet);

    /// <summary>The classes of a picture, the likeliest first.</summary>
    /// <param name="picture">Any size; gray pictures become RGB.</param>
    public IReadOnlyList<Guess> Classify(Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var scope = Scope.Begin();
        using var mode = Mode.Evaluation();
        using var off = Autograd.NoGrad();
        float[] probabilities = Input.Apply(picture).To(Network.Parameters()[0].Device).Apply(Network, name: Model).Softmax(1).ToArray<float>();
        return [.. probabilities.Select((p, i) => new Guess(Classes[i], p)).OrderByDescending(g => g.Probability)];
    }

    /// <summary>Where in a picture the network sees its answer: the middle of the picture as the network sees it, with what counts in colour.</summary>
    /// <param name="picture">Any size.</param>
    /// <exception cref="ArgumentException">The network is a transformer.</exception>
    public Image Explain(Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var scope = Scope.Begin();
        var x = Preprocess.Apply(picture.To8Bit().ToRgb().ToTensor(DType.UInt8));
        var map = GradCam.Of(Network, x.Unsqueeze(0), VisionModels.FeaturesOf(Model)).Unsqueeze(0).Interpolate([Size, Size], Interpolation.Linear)[0];
        var seen = Normalize.ImageNet.Inverse().Apply(x).Clamp(0, 1);
        var gray = new Grayscale(3).Apply(seen) * 0.6;
        return Image.FromTensor(gray * (1 - map) + seen * map);
    }

    /// <summary>Writes network, classes and size into a folder: all of it, or nothing.</summary>
    /// <param name="folder">Is made where it is not there.</param>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        using var all = FilesTogether.Begin();
        Network.Save(Path.Combine(folder, SavedClassifier.Weights));
        WholeFile.Write(Path.Combine(folder, SavedClassifier.File), new SavedClassifier(SavedClassifier.Version, Model, Size, Classes).ToJson());
        all.Complete();
    }

    /// <summary>A classifier that was saved.</summary>
    /// <param name="folder">The folder that it was saved into.</param>
    /// <exception cref="FormatException">A file is damaged, or the two do not belong together; the message names it.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static ImageClassifier Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var saved = SavedClassifier.Read(Path.Combine(folder, SavedClassifier.File));
        var classifier = new ImageClassifier(saved.Model, saved.Classes, saved.Size);
        string weights = Path.Combine(folder, SavedClassifier.Weights);
        try
        {
            classifier.Network.Load(weights);
        }
        catch (Exception fault) when (fault is StateDictException or TensorFileException)
        {
            throw new FormatException($"'{weights}' does not hold the {saved.Model} of {saved.Classes.Count} classes that '{SavedClassifier.File}' beside it speaks of.", fault);
        }
        classifier.Network.Eval();
        return classifier;
    }
}
