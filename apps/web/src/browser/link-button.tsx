/** A way to another page that looks like a button, because it is the next thing to do. */
import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

function ButtonAnchor(props: ButtonProps & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <Button component="a" {...props} />;
}

export const LinkButton = createLink(ButtonAnchor);
