using Candeia.Images;
using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// A network that finds things in pictures of any size: it learns from pictures with boxes and labels, and gives boxes, labels and scores. Class 0 is what is no
/// thing, labels begin at 1.
/// </summary>
/// <remarks>
/// It brings pictures to its size and its colours itself: give it numbers from 0 to 1, or bytes. Training from nothing takes long; where there are weights, begin with
/// those and keep what normalizes (<see cref="FreezeNorms"/>), for the statistics of two pictures are worth little.
/// </remarks>
public abstract class Detector : Module
{
    private protected Detector() { }

    /// <summary>What training makes small: their sum.</summary>
    /// <param name="scenes">Pictures with boxes and labels; a picture with nothing in it has boxes [0, 4].</param>
    /// <returns>Each loss by its name in torchvision, such as <c>loss_classifier</c>.</returns>
    /// <exception cref="ArgumentException">A picture has no boxes or not as many labels, a box is empty, or a label is none of the classes.</exception>
    public IReadOnlyDictionary<string, Tensor> Losses(IReadOnlyList<Annotated> scenes)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        var pictures = PictureBatch.Of([.. scenes.Select(s => s.Image)], Form);
        return Losses(pictures, [.. scenes.Select((s, i) => Truth(s, i, pictures))]);
    }

    /// <summary>What is in pictures.</summary>
    /// <param name="images">Each [3, height, width], numbers from 0 to 1 or bytes.</param>
    /// <returns>For each picture, what was found in it.</returns>
    public IReadOnlyList<Detections> Detect(params IReadOnlyList<Tensor> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var _ = Autograd.NoGrad();
        var pictures = PictureBatch.Of(images, Form);
        return [.. Find(pictures).Select((found, i) => found with
        {
            Boxes = new(pictures.Scale(found.Boxes.Values, i, back: true)),
            KeyPoints = found.KeyPoints is null ? null : pictures.Scale(found.KeyPoints, i, back: true),
            Masks = found.Masks is null ? null : MaskPart.Paste(found.Masks, pictures.Scale(found.Boxes.Values, i, back: true), pictures.Before[i]),
        })];
    }

    /// <summary>
    /// Makes batch normalization of the backbone what it is after training, numbers that stay: what networks that begin with weights are trained with, since batches
    /// of boxes are small.
    /// </summary>
    public void FreezeNorms() => FrozenBatchNorm2d.InPlaceOf(this, "backbone.body.");

    /// <summary>The classes, what is no thing among them.</summary>
    public abstract int Classes { get; }

    /// <summary>What is made of pictures first.</summary>
    private protected abstract PictureForm Form { get; }

    private protected abstract IReadOnlyDictionary<string, Tensor> Losses(PictureBatch pictures, IReadOnlyList<Target> targets);

    private protected abstract IReadOnlyList<Detections> Find(PictureBatch pictures);

    /// <summary>What is marked in a picture, in pixels of what the network sees.</summary>
    internal sealed record Target(Tensor Boxes, long[] Labels, Tensor? Masks, Tensor? KeyPoints);

    Target Truth(Annotated scene, int index, PictureBatch pictures)
    {
        if (scene.Boxes is not { } boxes) throw new ArgumentException($"Picture {index} has no boxes; where nothing is in it, give it boxes [0, 4].");
        long[] labels = scene.Labels?.ToArray<long>() ?? [];
        if (labels.Length != boxes.Count) throw new ArgumentException($"Picture {index} has {boxes.Count} boxes and {labels.Length} labels; each box needs one.");
        if (labels.Any(l => l < 1 || l >= Classes))
            throw new ArgumentException($"Picture {index} has the label {labels.First(l => l < 1 || l >= Classes)}; labels go from 1 to {Classes - 1}, for 0 is what is no thing.");
        var corners = boxes.To(BoxFormat.XYXY).Values.To(DType.Float32);
        float[] numbers = corners.ToArray<float>();
        for (int i = 0; i < numbers.Length; i += 4)
            if (!(numbers[i + 2] > numbers[i] && numbers[i + 3] > numbers[i + 1])) throw new ArgumentException($"Picture {index} has a box without an area, {i / 4}; leave it out with SanitizeBoundingBoxes.");
        return new(pictures.Scale(corners, index), labels, Masks(scene, index, pictures), Places(scene, index, pictures));
    }

    /// <summary>A mask for each thing, in the size of what the network sees, where there are such.</summary>
    static Tensor? Masks(Annotated scene, int index, PictureBatch pictures)
    {
        if (scene.Mask is not { Values: { Rank: 3 } masks }) return null;
        var size = pictures.Sizes[index];
        return masks.Shape[0] == scene.Boxes!.Count && masks.Shape[1..].SequenceEqual([scene.Height, scene.Width])
            ? masks.Shape[0] == 0 ? Tensor.Zeros([0, size.Height, size.Width]) : masks.To(DType.Float32).Unsqueeze(1).Interpolate([size.Height, size.Width]).Squeeze(1)
            : throw new ArgumentException($"Picture {index} has masks {masks.Shape} for {scene.Boxes.Count} boxes; each box needs one of {scene.Height}×{scene.Width}.");
    }

    /// <summary>The places of each thing, [n, places, 3], in pixels of what the network sees, where there are such.</summary>
    static Tensor? Places(Annotated scene, int index, PictureBatch pictures)
    {
        if (scene.KeyPoints is not { Values.Rank: 3 } points) return null;
        if (points.Values.Shape[0] != scene.Boxes!.Count || points.Values.Shape[2] != 3)
            throw new ArgumentException($"Picture {index} has key points {points.Values.Shape} for {scene.Boxes.Count} boxes; each box needs some, [boxes, places, 3].");
        return pictures.Scale(points, index).Values.To(DType.Float32);
    }
}
